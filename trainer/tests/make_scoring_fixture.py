"""Makes what the server's tests of cross-encoders read: `python tests/make_scoring_fixture.py FOLDER` in `trainer/`.

Leaves a tiny untrained cross-encoder as a scoring file, and what this side makes of some texts with it.
"""

import json
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import torch
from tiny_encoder import WORDS, tiny_encoder

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.onnx_export import Scoring, described, write_onnx
from attune_trainer.reward_calibration import Calibration
from attune_trainer.reward_model import RewardConfig, logits_of, new_reward_model
from attune_trainer.scoring_file import write_scoring_file

ODD = ["", "  ", "What is THE mask?", "[SEP] tax [CLS]", "bus\n\nbus\u2028tree", "Größe 大きい 🙂"]
ODD += ["x" * 300, "red " * 200]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    config = RewardConfig("cross_encoder", max_length=48, pooling="interaction", dimensions=["clarity", "safety"])
    with tempfile.TemporaryDirectory() as place:
        model = new_reward_model(str(tiny_encoder(Path(place))), config, None, None).eval()
        model.config = replace(config, calibration=Calibration(slope=3.0, intercept=-0.25))
        onnx = Path(place) / "onnx"
        onnx.mkdir()
        write_onnx(model, onnx / "model.onnx")
        model.tokenizer.backend_tokenizer.save(str(onnx / "tokenizer.json"))
        (onnx / "attune.json").write_text(json.dumps(described(model)), "utf-8")
        write_scoring_file(folder / "tiny.attune", onnx)
    chance = random.Random(1)
    texts = ODD + [" ".join(chance.choices(WORDS, k=chance.randrange(1, 40))) for _ in range(24)]
    answers = [Answer("", query, response) for query, response in zip(texts, [*texts[5:], *texts[:5]], strict=True)]
    rows = model.rows(answers)
    with torch.no_grad():
        scores = [logits_of(lambda **batch: Scoring(model)(**batch)[0][:, None], [row], 0)[0, 0].item() for row in rows]
    expected = [
        {"query": answer.query, "response": answer.response, "ids": row, "score": score}
        for answer, row, score in zip(answers, rows, scores, strict=True)
    ]
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=True, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
