"""Scoring files of MiniLM as a cross-encoder for the server's bench: `python experiments/scoring_files.py FOLDER`.

Leaves LENGTH-fp32.attune and LENGTH-int8.attune for 128 and 512 tokens. Their heads are untrained, which costs as much
to compute as trained ones; 8-bit weights are made as the recipe `reward` makes them.
"""

import json
import sys
import tempfile
from pathlib import Path

from feedbackqa_reward import minilm

from attune_trainer.onnx_export import described, eight_bit_weights, write_onnx
from attune_trainer.reward_model import RewardConfig, new_reward_model
from attune_trainer.scoring_file import write_scoring_file

LENGTHS = (128, 512)


def main(folder: Path) -> None:
    for length in LENGTHS:
        model = new_reward_model(str(minilm()), RewardConfig("cross_encoder", length)).eval()
        with tempfile.TemporaryDirectory() as place:
            onnx = Path(place)
            model.tokenizer.backend_tokenizer.save(str(onnx / "tokenizer.json"))
            (onnx / "attune.json").write_text(json.dumps(described(model)), "utf-8")
            write_onnx(model, onnx / "model.onnx")
            write_scoring_file(folder / f"{length}-fp32.attune", onnx)
            eight_bit_weights(onnx / "model.onnx", onnx / "model_int8.onnx")
            (onnx / "model.onnx").unlink()
            write_scoring_file(folder / f"{length}-int8.attune", onnx)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
