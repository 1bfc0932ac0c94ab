"""Reward models in ONNX, so that a server's workers score with the tokens that they were trained on.

The folder holds `model.onnx` or `model_int8.onnx` (inputs `input_ids`, `attention_mask`, both int64 (batch, length),
padded on the right; outputs `score` (batch), calibrated, and `logits` (batch, heads)), `tokenizer.json` and
`attune.json` (RewardConfig and the layout of a row, of a decoder its frame).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from attune_trainer.data.reward_inputs import QUERY_SHARE, Answer, padded
from attune_trainer.decoder_frame import described_frame
from attune_trainer.evaluation.held_out import Floats, HeldOut
from attune_trainer.evaluation.measures import pair_hits
from attune_trainer.reward_model import RewardModel, logits_of

# Pair accuracy that 8-bit weights may cost.
ALLOWED_LOSS = 0.005
# A graph with its weights is one file, which its format bounds at 2 GiB.
MOST_BYTES = 2**31 - 2**26
OPSET = 18
SERVED = "yes"
NO_FRAME = "no: its chat template does more than set question and answer between fixed words"


class Scoring(nn.Module):
    """A reward model with its calibration, as it is exported."""

    def __init__(self, model: RewardModel):
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """score (batch), logits (batch, heads)"""
        logits = self.model(input_ids, attention_mask)
        calibration = self.model.config.calibration
        return torch.sigmoid(calibration.slope * logits[:, 0] + calibration.intercept), logits


def export_onnx(model: RewardModel, held: HeldOut, folder: Path, eight_bits: bool) -> dict[str, Any]:
    """Writes the folder, with 8-bit weights where wanted and pair accuracy on held-out answers falls by no more than
    half a point. Returns what was written, how far it is from torch, and whether a server can score with it."""
    folder.mkdir(parents=True, exist_ok=True)
    if (size := sum(weight.nbytes for weight in model.parameters())) > MOST_BYTES:
        return {"kept": "none", "served": f"no: its {size / 1e9:.1f} GB of weights do not fit into one ONNX file"}
    write_onnx(model, folder / "model.onnx")
    model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    answers = [judged.answer for judged in held.answers]
    description = described(model, answers)
    (folder / "attune.json").write_text(json.dumps(description, indent=2), "utf-8")
    rows = model.rows(answers)
    padding = model.tokenizer.pad_token_id
    with torch.no_grad():
        torch_scores = logits_of(lambda **batch: Scoring(model)(**batch)[0][:, None], rows, padding)[:, 0].cpu().numpy()
    scores = onnx_scores(folder / "model.onnx", rows, padding)
    report: dict[str, Any] = {
        "kept": "fp32",
        "served": SERVED if description["frame"] or not _is_decoder(model) else NO_FRAME,
        "answers": len(rows),
        "largest_difference_fp32": float(numpy.abs(scores - torch_scores).max()),
    }
    if not eight_bits:
        return report
    eight_bit_weights(folder / "model.onnx", folder / "model_int8.onnx")
    small = onnx_scores(folder / "model_int8.onnx", rows, padding)
    report["largest_difference_int8"] = float(numpy.abs(small - torch_scores).max())
    if len(held.chosen) == 0:
        report["int8"] = "no pairs to compare by"
        (folder / "model_int8.onnx").unlink()
        return report
    fp32, int8 = (float(pair_hits(held, found.astype(float)).mean()) for found in (scores, small))
    good = fp32 - int8 <= ALLOWED_LOSS
    (folder / ("model.onnx" if good else "model_int8.onnx")).unlink()
    return {**report, "kept": "int8" if good else "fp32", "pair_accuracy_fp32": fp32, "pair_accuracy_int8": int8}


def write_onnx(model: RewardModel, path: Path) -> None:
    """The model as one file, for any number and length of rows."""
    rows = model.rows([Answer("a context", "a question", "an answer"), Answer("", "a question", "another, longer one")])
    example = padded(rows, model.tokenizer.pad_token_id, next(model.parameters()).device)
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=2)
    axes = {name: {0: batch, 1: length} for name in example}
    program = torch.onnx.export(
        Scoring(model).eval(),
        (),
        kwargs=example,
        input_names=list(example),
        output_names=["score", "logits"],
        dynamic_shapes=axes,
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    exported = program.model_proto
    # Shapes of values in between are guesses that quantisation stumbles over; a runtime infers its own.
    del exported.graph.value_info[:]
    # Where each node came from: places in the source code on this machine.
    for node in exported.graph.node:
        del node.metadata_props[:]
    onnx.save(exported, path)


def eight_bit_weights(path: Path, smaller: Path) -> None:
    """Writes an exported model once more, its weights with 8 bits a channel; activations are quantised as it runs."""
    quantize_dynamic(path, smaller, weight_type=QuantType.QInt8, per_channel=True)


def onnx_scores(path: Path, rows: Sequence[list[int]], padding: int) -> Floats:
    """Scores of rows of token ids by an exported model, each row by itself as a worker does it. (rows)"""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    scores = []
    for row in rows:
        inputs = {name: value.numpy() for name, value in padded([row], padding, torch.device("cpu")).items()}
        scores.append(session.run(["score"], inputs)[0][0])
    return numpy.array(scores, dtype=float)


def described(model: RewardModel, answers: Sequence[Answer] = ()) -> dict[str, Any]:
    """What a worker must know to make the same rows; of a decoder checked on the given answers."""
    tokenizer, length = model.tokenizer, model.config.max_length
    return {
        **asdict(model.config),
        "layout": {
            "begin": tokenizer.cls_token_id,
            "separator": tokenizer.sep_token_id,
            "padding": tokenizer.pad_token_id,
            "end": tokenizer.eos_token_id,
            "left_out": sorted(set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}),
            "query_share": QUERY_SHARE,
        },
        "frame": described_frame(tokenizer, answers, length) if _is_decoder(model) else None,
    }


def _is_decoder(model: RewardModel) -> bool:
    return model.config.architecture == "decoder"
