"""What was measured, and how it is printed: ratios first, this machine's figures behind them."""
from statistics import median


class Figures:
    def __init__(self):
        self.rows = []
        self.raw = []

    def ratio(self, title, pairs, goal=None, unit="requests per CPU second", smaller_is_better=False, other="nginx"):
        """`pairs`: (ours, theirs) of each round.  The ratio is the median of the rounds' ratios."""
        ratio = median(ours / theirs for ours, theirs in pairs)
        ours, theirs = (median(values) for values in zip(*pairs))
        verdict = "" if goal is None else judge(ratio, goal, smaller_is_better)
        self._add(title, f"{ratio:.3f}x", verdict, f"cvr {ours:,.0f}, {other} {theirs:,.0f} {unit}",
                  {"pairs": pairs, "ratio": ratio, "goal": goal})

    def value(self, title, values, unit, goal=None, note=""):
        """A figure that is compared with no one; smaller is better."""
        middle = median(values)
        verdict = "" if goal is None else judge(middle, goal, True)
        self._add(title, f"{middle:,.1f} {unit}", verdict, note, {"values": values, "goal": goal})

    def yardstick(self, title, values, unit="requests per CPU second"):
        self._add(title, "-", "", f"nginx {median(values):,.0f} {unit}", {"values": values})

    def _add(self, title, figure, verdict, note, raw):
        self.rows.append((title, figure, verdict, note))
        self.raw.append({"title": title, **raw})
        print(f"  {title}: {figure}  ({note})" if note else f"  {title}: {figure}", flush=True)

    def table(self):
        head = ("what", "figure", "goal", "on this machine, now")
        widths = [max(len(row[i]) for row in [head, *self.rows]) for i in range(4)]
        lines = [head, tuple("-" * width for width in widths), *self.rows]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def judge(figure, goal, smaller_is_better):
    met = figure <= goal if smaller_is_better else figure >= goal
    return f"{'<=' if smaller_is_better else '>='} {goal:g}: {'met' if met else 'MISSED'}"
