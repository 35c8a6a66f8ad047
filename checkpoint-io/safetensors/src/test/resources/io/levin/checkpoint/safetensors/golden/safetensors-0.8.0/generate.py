"""Makes the files beside it with the reference implementation: python3 generate.py (needs torch and safetensors)."""
import json, struct, pathlib, torch
from safetensors import safe_open
from safetensors.torch import save_file, load

here = pathlib.Path(__file__).parent
torch.manual_seed(5)
types = dict(bool=torch.bool, u8=torch.uint8, i8=torch.int8, i16=torch.int16, f16=torch.float16, bf16=torch.bfloat16,
             i32=torch.int32, f32=torch.float32, f64=torch.float64, i64=torch.int64)
every = {n: (torch.randn(3, 5) * 50).to(t) for n, t in types.items()}
every.update(scalar=torch.tensor(2.5), empty=torch.zeros(0, 4), deep=torch.arange(24.0).reshape(1, 2, 3, 1, 4))
save_file(every, here / "every-dtype.safetensors")
save_file({"a": torch.ones(2), "b/c.weight": torch.zeros(1), 'q"\\': torch.ones(1), "ü 木": torch.ones(3), "tab\t": torch.ones(1)},
          here / "names.safetensors", metadata={"format": "pt"})
save_file({}, here / "empty.safetensors")

def file(header, data=b"", length=None, pad=b""):
    raw = header if isinstance(header, bytes) else header.encode()
    raw += pad
    return struct.pack("<Q", len(raw) if length is None else length) + raw + data

def one(dtype='"F32"', shape="[2]", offsets="[0,8]", name='"w"', more=""):
    return '{%s:{"dtype":%s,"shape":%s,"data_offsets":%s%s}}' % (name, dtype, shape, offsets, more)

eight, sixteen = bytes(8), bytes(16)
two = '{"a":{"dtype":"F32","shape":[2],"data_offsets":%s},"b":{"dtype":"F32","shape":[2],"data_offsets":%s}%s}'
cases = {
    "plain": file(one(), eight),
    "padded with spaces": file(one(), eight, pad=b"   "),
    "padded with zeros": file(one(), eight, pad=b"\0\0"),
    "padded with text": file(one(), eight, pad=b" x"),
    "padded with line feeds": file(one(), eight, pad=b"\n\n"),
    "begins with a space": file(b" " + one().encode(), eight),
    "no bytes": b"",
    "seven bytes": bytes(7),
    "no header": bytes(8),
    "empty object": file("{}"),
    "empty object with bytes behind": file("{}", b"x"),
    "header beyond the end": file(one(), eight, length=1000),
    "header of 2^63": file(one(), eight, length=1 << 63),
    "header of 100,000,001": file(one(), eight, length=100_000_001),
    "not UTF-8": file(b'{"\xff":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight),
    "a surrogate in UTF-8": file(b'{"\xed\xa0\x80":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight),
    "overlong UTF-8": file(b'{"\xc0\xaf":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight),
    "half a character": file(one(name='"\\ud800"'), eight),
    "an escaped character": file(one(name='"\\ud83d\\ude00"'), eight),
    "an array": file("[]"),
    "a number": file("3"),
    "broken JSON": file('{"w":', eight),
    "two objects": file(one() + "{}", eight),
    "comma at the end": file('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}', eight),
    "single quotes": file(one().replace('"', "'"), eight),
    "comment": file(one()[:-1] + "/* */}", eight),
    "the same tensor twice": file(two.replace('"b"', '"a"') % ("[0,8]", "[8,16]", ""), sixteen),
    "a field twice": file(one(more=',"shape":[2]'), eight),
    "metadata": file('{"__metadata__":{"format":"pt"},' + one()[1:], eight),
    "metadata behind": file(one()[:-1] + ',"__metadata__":{"a":"b"}}', eight),
    "metadata with a number": file('{"__metadata__":{"n":1},' + one()[1:], eight),
    "metadata with an object": file('{"__metadata__":{"n":{}},' + one()[1:], eight),
    "metadata of null": file('{"__metadata__":null,' + one()[1:], eight),
    "metadata of a text": file('{"__metadata__":"x",' + one()[1:], eight),
    "metadata twice": file('{"__metadata__":{"a":"b"},"__metadata__":{"a":"b"},' + one()[1:], eight),
    "a key of metadata twice": file('{"__metadata__":{"a":"b","a":"c"},' + one()[1:], eight),
    "unknown dtype": file(one(dtype='"F33"'), eight),
    "lower-case dtype": file(one(dtype='"f32"'), eight),
    "dtype of a number": file(one(dtype="4"), eight),
    "another field": file(one(more=',"x":[{}]'), eight),
    "no dtype": file('{"w":{"shape":[2],"data_offsets":[0,8]}}', eight),
    "no shape": file('{"w":{"dtype":"F32","data_offsets":[0,8]}}', eight),
    "no offsets": file('{"w":{"dtype":"F32","shape":[2]}}', eight),
    "a tensor of null": file('{"w":null}', eight),
    "a tensor of a text": file('{"w":"x"}', eight),
    "negative size": file(one(shape="[-2]"), eight),
    "size of minus zero": file(one(shape="[-0]", offsets="[0,0]")),
    "size of a fraction": file(one(shape="[2.0]"), eight),
    "size with an exponent": file(one(shape="[2e0]"), eight),
    "size of a text": file(one(shape='["2"]'), eight),
    "size of null": file(one(shape="[null]"), eight),
    "shape of a number": file(one(shape="2"), eight),
    "zero size": file(one(shape="[0]", offsets="[0,0]")),
    "zero size beside 2^62": file(one(shape="[4611686018427387904,0]", offsets="[0,0]")),
    "sizes that overflow": file(one(shape="[4294967296,4294967296]", offsets="[0,0]")),
    "sizes that overflow with the dtype": file(one(shape="[4611686018427387905]", offsets="[0,4]"), bytes(4)),
    "size of 2^64": file(one(shape="[18446744073709551616]", offsets="[0,0]")),
    "one offset": file(one(offsets="[8]"), eight),
    "three offsets": file(one(offsets="[0,8,8]"), eight),
    "backward offsets": file(one(offsets="[8,0]"), eight),
    "negative offset": file(one(offsets="[-8,0]"), eight),
    "offset beyond the end": file(one(shape="[4]", offsets="[0,16]"), eight),
    "a hole at the beginning": file(one(offsets="[8,16]"), sixteen),
    "a hole between": file(two % ("[0,8]", "[12,20]", ""), bytes(20)),
    "overlapping": file(two % ("[0,8]", "[4,12]", ""), bytes(12)),
    "the same place twice": file(two % ("[0,8]", "[0,8]", ""), eight),
    "the wrong way round": file(two % ("[8,16]", "[0,8]", ""), sixteen),
    "bytes behind the last": file(one(), eight + b"x"),
    "bytes missing": file(one(), bytes(7)),
    "shape smaller than offsets": file(one(shape="[1]"), eight),
    "shape larger than offsets": file(one(shape="[3]"), eight),
    "scalar": file(one(shape="[]", offsets="[0,4]"), bytes(4)),
    "an empty name": file(one(name='""'), eight),
}
verdicts = []
for name, raw in cases.items():
    path = here / "case.tmp"
    path.write_bytes(raw)
    try:
        with safe_open(path, "pt") as opened:
            [opened.get_tensor(key) for key in opened.keys()]
        verdict = True
    except Exception as e:
        verdict = False
    verdicts.append({"name": name, "hex": raw.hex(), "accepted": verdict})
    path.unlink()
(here / "verdicts.json").write_text(json.dumps(verdicts, indent=1, ensure_ascii=False) + "\n")
