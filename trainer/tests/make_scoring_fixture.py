"""Makes what the server's tests of scoring files read: `python tests/make_scoring_fixture.py FOLDER` in `trainer/`.

Leaves tiny untrained reward models as scoring files (a cross-encoder, a decoder, a decoder with a chat template), and
what this side makes of some texts with them.
"""

import json
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import torch
from story_rows import STORY_MODEL
from tiny_encoder import WORDS, tiny_encoder
from transformers import AutoConfig, AutoModel, AutoTokenizer

from attune_trainer.data.reward_inputs import Answer
from attune_trainer.onnx_export import Scoring, described, write_onnx
from attune_trainer.reward_calibration import Calibration
from attune_trainer.reward_model import RewardConfig, logits_of, new_reward_model
from attune_trainer.scoring_file import write_scoring_file

ODD = ["", "  ", "What is THE mask?", "[SEP] tax [CLS]", "bus\n\nbus\u2028tree", "Größe 大きい 🙂"]
ODD += ["x" * 300, "red " * 200]


CHAT = "{% for turn in messages %}<|{{ turn.role }}|>\n{{ turn.content | trim }}</s>\n{% endfor %}"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    interacting = RewardConfig("cross_encoder", max_length=48, pooling="interaction", dimensions=["clarity", "safety"])
    decoding = RewardConfig("decoder", max_length=96)
    with tempfile.TemporaryDirectory() as place:
        encoder, decoder, chat = (Path(place) / name for name in ("encoder", "decoder", "chat"))
        leave(folder, "tiny", "expected", tiny_encoder(encoder), interacting)
        leave(folder, "decoder", "decoder", tiny_decoder(decoder), decoding)
        leave(folder, "chat-decoder", "chat-decoder", tiny_decoder(chat, CHAT), decoding)


def tiny_decoder(folder: Path, chat_template: str | None = None) -> Path:
    """An untrained decoder of two narrow layers, with the story model's tokenizer."""
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "head_dim": 8}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    AutoModel.from_config(AutoConfig.from_pretrained(STORY_MODEL, **sizes, **heads)).save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(STORY_MODEL)
    tokenizer.chat_template = chat_template
    tokenizer.save_pretrained(folder)
    return folder


def leave(folder: Path, name: str, texts: str, base: Path, config: RewardConfig) -> None:
    """Writes `name`.attune and `texts`.json."""
    model = new_reward_model(str(base), config, None, None).eval()
    model.config = replace(config, calibration=Calibration(slope=3.0, intercept=-0.25))
    onnx = base / "onnx"
    onnx.mkdir()
    write_onnx(model, onnx / "model.onnx")
    model.tokenizer.backend_tokenizer.save(str(onnx / "tokenizer.json"))
    (onnx / "attune.json").write_text(json.dumps(described(model)), "utf-8")
    write_scoring_file(folder / f"{name}.attune", onnx)
    answers = odd_answers()
    rows = model.rows(answers)
    with torch.no_grad():
        scores = [logits_of(lambda **batch: Scoring(model)(**batch)[0][:, None], [row], 0)[0, 0].item() for row in rows]
    expected = [
        {"context": answer.context, "query": answer.query, "response": answer.response, "ids": row, "score": score}
        for answer, row, score in zip(answers, rows, scores, strict=True)
    ]
    (folder / f"{texts}.json").write_text(json.dumps(expected, ensure_ascii=True, indent=1) + "\n", "utf-8")


def odd_answers() -> list[Answer]:
    chance = random.Random(1)
    texts = ODD + [" ".join(chance.choices(WORDS, k=chance.randrange(1, 40))) for _ in range(24)]
    turned = [*texts[5:], *texts[:5]]
    answers = [Answer("", query, response) for query, response in zip(texts, turned, strict=True)]
    answers += [Answer(*three) for three in zip([*texts[3:], *texts[:3]], texts, turned, strict=True)]
    said = [f"user: {one}\nassistant: {other}" for one, other in zip(texts[:10], turned, strict=False)]
    said += ["assistant: cut off\nuser: red", "user: bus\nuser: tree\nassistant: tax\n user: mask"]
    return answers + [Answer(context, "why", "because the bus is red") for context in said]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
