"""One file that a server's worker scores with: configuration, tokenizer and ONNX graph, with a checksum.

"ATTUNECE", version (u32), header length (u32), header (JSON), tokenizer (JSON), graph, SHA-256 of all before it. Little
endian. The server reads it: packages/reward/src/cross-encoder/scoring-file.ts.
"""

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

MAGIC = b"ATTUNECE"
VERSION = 1


def write_scoring_file(path: Path, described: dict[str, Any], tokenizer: bytes, graph: bytes) -> None:
    """Writes the file. `described` is what `onnx_export.described` says of a cross-encoder."""
    header = {**described, "tokenizer_bytes": len(tokenizer), "graph_bytes": len(graph)}
    encoded = json.dumps(header).encode("utf-8")
    content = MAGIC + struct.pack("<II", VERSION, len(encoded)) + encoded + tokenizer + graph
    path.write_bytes(content + hashlib.sha256(content).digest())
