"""Random numbers that are named, so that a resumed run draws the same ones again without keeping a state."""

import hashlib

import torch


def named_generator(seed: int, *name: str | int) -> torch.Generator:
    """A generator of the CPU, the same for the same seed and name on every machine."""
    text = "/".join(str(part) for part in (seed, *name))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return torch.Generator().manual_seed(number)
