#include "bundle/viewer_parts.h"

namespace cvr::bundle {

const std::string_view kPictureStyle = R"css(
svg{width:100%;height:auto;border:1px solid var(--line);background:var(--soft)}svg text{font-size:12px;fill:currentColor}
svg line{stroke:var(--line)}svg .ok{fill:#2a7d46}svg .bad{fill:#c0392b}svg .earlier{fill-opacity:.45}
.r-fail td:nth-child(4){background:#c0392b;color:#fff}.r-warn td:nth-child(4){background:#b58900;color:#fff}
)css";

const std::string_view kViewerStyle = R"css(
body{max-width:86rem}.tools{display:flex;gap:.6rem;flex-wrap:wrap;margin:.8rem 0}
.tools input,.tools select{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);background:var(--paper);color:var(--ink)}
.tools input{flex:1 1 16rem}#list{max-height:22rem;overflow:auto;border:1px solid var(--line)}
#list table td,#list table th{border-width:0 0 1px 0}#list tbody tr{cursor:pointer}#list tr.on td{background:var(--note)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:1rem}.pair h3{margin:.6rem 0 .3rem}
.s-bad{color:#c0392b;font-weight:600}@media(prefers-color-scheme:dark){.s-bad{color:#ff8d7e}}
@media print{.tools{display:none}#list{max-height:none}}
)css";

const std::string_view kViewerScript = R"js(
'use strict';
(function () {
  var data = JSON.parse(document.getElementById('data').textContent);
  var box = function (id) { return document.getElementById(id); };
  var make = function (tag, text, name) {
    var e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (name) e.className = name;
    return e;
  };
  var chosen = null;
  var find = function (where, n) {
    return data.calls.find(function (c) { return c.in === where && c.n === n; });
  };
  var side = function (call, title) {
    var e = make('div');
    e.appendChild(make('h3', title + ' #' + call.n + '  ' + call.utc + '  ' + call.ms + ' ms'));
    e.appendChild(make('pre', call.request));
    e.appendChild(make('pre', call.response));
    return e;
  };
  var show = function (call) {
    chosen = call;
    var out = box('detail');
    out.textContent = '';
    out.appendChild(make('h2', (call.in === 'before' ? 'Before ' : '') + '#' + call.n + '  ' + call.method + ' ' + call.path + '  ' + call.status));
    var pair = data.pairs.find(function (p) {
      return (call.in === 'after' && p.after === call.n) || (call.in === 'before' && p.before === call.n);
    });
    var grid = make('div', undefined, 'pair');
    if (pair) {
      var b = find('before', pair.before) || find('after', pair.before), a = find('after', pair.after);
      if (pair.before_in === 'after') b = find('after', pair.before);
      if (b) grid.appendChild(side(b, 'Before'));
      if (a) grid.appendChild(side(a, 'After'));
      out.appendChild(make('p', 'Compared: ' + pair.result));
    } else {
      grid.appendChild(side(call, 'Request and answer'));
    }
    out.appendChild(grid);
    if (pair && pair.differences.length) {
      var t = make('table'), h = make('tr');
      ['Place', 'Before', 'After'].forEach(function (x) { h.appendChild(make('th', x)); });
      t.appendChild(h);
      pair.differences.forEach(function (d) {
        var r = make('tr');
        d.forEach(function (x) { r.appendChild(make('td', x)); });
        t.appendChild(r);
      });
      out.appendChild(t);
    }
    call.rules.forEach(function (rule) {
      var f = data.findings.find(function (x) { return x.rule === rule; });
      if (f) out.appendChild(make('p', f.rule + ' (' + f.result + '): ' + f.message, 'note'));
    });
    list();
  };
  var list = function () {
    var words = box('search').value.toLowerCase(), only = box('only').value, body = box('rows');
    body.textContent = '';
    var shown = 0;
    data.calls.forEach(function (call) {
      if (only === 'failed' && call.ok) return;
      if (only === 'ok' && !call.ok) return;
      if (only === 'before' && call.in !== 'before') return;
      if (only === 'after' && call.in !== 'after') return;
      if (only.indexOf('rule ') === 0 && call.rules.indexOf(only.slice(5)) < 0) return;
      if (words && (call.method + ' ' + call.path + ' ' + call.status + ' ' + call.code + ' ' + call.id + ' ' + call.request + ' ' + call.response).toLowerCase().indexOf(words) < 0) return;
      shown++;
      var row = make('tr', undefined, call === chosen ? 'on' : '');
      [(call.in === 'before' ? 'before ' : '') + call.n, call.utc, call.method, call.path, call.status, call.code, call.id, call.rules.join(' ')].forEach(function (x, i) {
        row.appendChild(make('td', x, i === 4 && !call.ok ? 's-bad' : ''));
      });
      row.tabIndex = 0;
      row.addEventListener('click', function () { show(call); });
      row.addEventListener('keydown', function (e) { if (e.key === 'Enter') show(call); });
      body.appendChild(row);
    });
    box('count').textContent = shown + ' of ' + data.calls.length + ' cited interactions';
  };
  data.findings.forEach(function (f) {
    if (!f.hit) return;
    var o = make('option', 'cited by ' + f.rule);
    o.value = 'rule ' + f.rule;
    box('only').appendChild(o);
  });
  box('search').addEventListener('input', list);
  box('only').addEventListener('change', list);
  var first = data.calls.find(function (c) { return c.in === 'after' && !c.ok; }) || data.calls[0];
  if (first) show(first); else list();
})();
)js";

}  // namespace cvr::bundle
