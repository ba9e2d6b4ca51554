"""br and zstd for the taint test, straight from the shared libraries that the product links anyway.

Python 3.11 has neither.  Decoders are lenient: of a broken or cut stream they give what there is.
Output is bounded by `LIMIT`.
"""
import ctypes
import ctypes.util
import zlib

LIMIT = 8 << 20


def _library(name, file):
    for candidate in (file, ctypes.util.find_library(name)):
        try:
            if candidate:
                return ctypes.CDLL(candidate)
        except OSError:
            continue
    return None


_zstd = _library("zstd", "libzstd.so.1")
_br_encoder = _library("brotlienc", "libbrotlienc.so.1")
_br_decoder = _library("brotlidec", "libbrotlidec.so.1")
HAVE_ZSTD = _zstd is not None
HAVE_BR = _br_encoder is not None and _br_decoder is not None

_SIZE = ctypes.c_size_t
_PTR = ctypes.c_void_p

if HAVE_ZSTD:
    _zstd.ZSTD_compressBound.restype = _SIZE
    _zstd.ZSTD_compressBound.argtypes = [_SIZE]
    _zstd.ZSTD_compress.restype = _SIZE
    _zstd.ZSTD_compress.argtypes = [_PTR, _SIZE, ctypes.c_char_p, _SIZE, ctypes.c_int]
    _zstd.ZSTD_isError.argtypes = [_SIZE]
    _zstd.ZSTD_createDStream.restype = _PTR
    _zstd.ZSTD_freeDStream.argtypes = [_PTR]
    _zstd.ZSTD_decompressStream.restype = _SIZE
    _zstd.ZSTD_decompressStream.argtypes = [_PTR, _PTR, _PTR]

if HAVE_BR:
    _br_encoder.BrotliEncoderCompress.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int, _SIZE, ctypes.c_char_p,
                                                  ctypes.POINTER(_SIZE), _PTR]
    _br_decoder.BrotliDecoderCreateInstance.restype = _PTR
    _br_decoder.BrotliDecoderCreateInstance.argtypes = [_PTR, _PTR, _PTR]
    _br_decoder.BrotliDecoderDestroyInstance.argtypes = [_PTR]
    _br_decoder.BrotliDecoderDecompressStream.argtypes = [_PTR] + [_PTR] * 5


_room = ctypes.create_string_buffer(1 << 16)  # decoders are used by one thread only


class _Buffer(ctypes.Structure):
    _fields_ = [("at", _PTR), ("size", _SIZE), ("position", _SIZE)]


def zstd(data):
    room = _zstd.ZSTD_compressBound(len(data))
    out = ctypes.create_string_buffer(room)
    size = _zstd.ZSTD_compress(out, room, data, len(data), 3)
    if _zstd.ZSTD_isError(size):
        raise ValueError("zstd refuses")
    return out.raw[:size]


def unzstd(data):
    if not HAVE_ZSTD:
        return b""
    stream = _zstd.ZSTD_createDStream()
    source = ctypes.create_string_buffer(data, len(data))
    feed = _Buffer(ctypes.addressof(source), len(data), 0)
    room = _room
    whole = []
    total = 0
    while total < LIMIT:
        out = _Buffer(ctypes.addressof(room), len(room), 0)
        left = _zstd.ZSTD_decompressStream(stream, ctypes.byref(out), ctypes.byref(feed))
        whole.append(ctypes.string_at(room, out.position))
        total += out.position
        if _zstd.ZSTD_isError(left) or left == 0 or (feed.position == feed.size and out.position < out.size):
            break
    _zstd.ZSTD_freeDStream(stream)
    return b"".join(whole)


def br(data):
    room = _SIZE(len(data) + len(data) // 2 + 1024)
    out = ctypes.create_string_buffer(room.value)
    if not _br_encoder.BrotliEncoderCompress(5, 22, 0, len(data), data, ctypes.byref(room), out):
        raise ValueError("brotli refuses")
    return out.raw[:room.value]


def unbr(data):
    if not HAVE_BR:
        return b""
    state = _br_decoder.BrotliDecoderCreateInstance(None, None, None)
    source = ctypes.create_string_buffer(data, len(data))
    feed, feed_size = _PTR(ctypes.addressof(source)), _SIZE(len(data))
    room = _room
    whole = []
    total = 0
    while total < LIMIT:
        out, out_size = _PTR(ctypes.addressof(room)), _SIZE(len(room))
        result = _br_decoder.BrotliDecoderDecompressStream(state, ctypes.byref(feed_size), ctypes.byref(feed),
                                                           ctypes.byref(out_size), ctypes.byref(out), None)
        size = len(room) - out_size.value
        whole.append(ctypes.string_at(room, size))
        total += size
        if result != 3:  # needs more output
            break
    _br_decoder.BrotliDecoderDestroyInstance(state)
    return b"".join(whole)


def inflate(data, window_bits):
    """47: gzip or zlib, -15: raw deflate.  What comes before an error is kept."""
    machine = zlib.decompressobj(window_bits)
    whole = b""
    try:
        # Small bites: an error loses no more than the bite.
        for at in range(0, len(data), 64):
            whole += machine.decompress(data[at:at + 64], LIMIT)
            if machine.eof or len(whole) > LIMIT:
                break
    except zlib.error:
        pass
    return whole
