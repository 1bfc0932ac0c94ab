"""One file that a server's worker scores with: configuration, tokenizer and ONNX graph, with a checksum.

"ATTUNECE", version (u32), header length (u32), header (JSON), tokenizer (JSON), graph, SHA-256 of all before it. Little
endian. The server reads it: packages/reward/src/cross-encoder/scoring-file.ts.
"""

import hashlib
import json
import struct
from pathlib import Path

MAGIC = b"ATTUNECE"
VERSION = 1


def write_scoring_file(path: Path, onnx: Path) -> None:
    """Writes the file from the folder that `export_onnx` left: attune.json, tokenizer.json and the graph it kept."""
    graph = next(onnx.glob("*.onnx")).read_bytes()
    tokenizer = (onnx / "tokenizer.json").read_bytes()
    described = json.loads((onnx / "attune.json").read_text("utf-8"))
    header = json.dumps({**described, "tokenizer_bytes": len(tokenizer), "graph_bytes": len(graph)}).encode("utf-8")
    content = MAGIC + struct.pack("<II", VERSION, len(header)) + header + tokenizer + graph
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content + hashlib.sha256(content).digest())
