"""Reward models: a network that gives answers a score, loaded from a folder, and asked for scores.

    scorer = load_reward_model(folder_or_hub_id)
    scores = scorer.score([(context, query, response), ...])

A folder that the recipe `reward` wrote holds the encoder (`config.json`, `model.safetensors`), its tokenizer,
`head.safetensors` and `attune.json` (RewardConfig). Anything else is taken for a sequence classifier with one label.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy
import torch
from numpy.typing import NDArray
from peft import PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from attune_trainer.data.reward_inputs import Answer, cross_encoder_ids, decoder_ids, padded
from attune_trainer.device import device
from attune_trainer.failures import RunFailure
from attune_trainer.policy import load_tokenizer, lora_config, unknown_model
from attune_trainer.reward_calibration import Calibration
from attune_trainer.reward_features import NAMES as FEATURE_NAMES
from attune_trainer.reward_features import RewardFeatures
from attune_trainer.settings import Lora

FORMAT = 1
TOKENS_PER_BATCH = 8192
# Added to attention where a token must not look.
OUT_OF_SIGHT = -1e9
# Encoders whose positions count from 0 and whose attention takes any mask.
INTERACTING = ("bert",)

Triple = tuple[str, str, str]


class RewardScorer(Protocol):
    """Scores answers without gradients."""

    def score(self, answers: Sequence[Triple]) -> Tensor:
        """(context, query, response) each → (answers,) fp32 on the CPU; context may be empty."""


@dataclass(frozen=True)
class RewardConfig:
    """How a reward model reads and answers; `attune.json`."""

    architecture: Literal["cross_encoder", "decoder"]
    max_length: int
    pooling: Literal["first", "mean", "interaction"] = "first"
    dropout: float = 0.1
    # Names of the heads beside the overall one.
    dimensions: list[str] = field(default_factory=list)
    features: bool = False
    # Stars that a score of 0 and of 1 stand for.
    scale: tuple[float, float] = (1.0, 5.0)
    calibration: Calibration = field(default_factory=Calibration)
    format: int = FORMAT


def read_config(path: Path) -> RewardConfig:
    """The configuration of a saved reward model."""
    values: dict[str, Any] = json.loads(path.read_text("utf-8"))
    values["calibration"] = Calibration(**values["calibration"])
    values["scale"] = tuple(values["scale"])
    return RewardConfig(**values)


class RewardModel(nn.Module):
    """Encoder or decoder → pooling → dropout → linear; one logit for the whole answer, one for each dimension."""

    def __init__(self, encoder: nn.Module, tokenizer: PreTrainedTokenizerBase, config: RewardConfig):
        super().__init__()
        self.encoder = encoder
        self.tokenizer = tokenizer
        self.config = config
        self.pooled_width = encoder.config.hidden_size * (4 if config.pooling == "interaction" else 1)
        self.features = RewardFeatures(encoder.config.vocab_size) if config.features else None
        width = self.pooled_width + (len(FEATURE_NAMES) if config.features else 0)
        self.dropout = nn.Dropout(config.dropout)
        # Without a bias in a decoder, as in transformers' and TRL's reward models: differences do not see it.
        self.head = nn.Linear(width, 1 + len(config.dimensions), bias=config.architecture == "cross_encoder")
        # Stiennon et al. 2020 (arXiv:2009.01325): N(0, 1/(d + 1)).
        nn.init.normal_(self.head.weight, std=(width + 1) ** -0.5)
        if self.head.bias is not None:
            nn.init.zeros_(self.head.bias)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits (batch, 1 + dimensions) of rows padded on the right."""
        return self.head(self.dropout(self.pooled(input_ids, attention_mask)))

    def pooled(self, input_ids: Tensor, attention_mask: Tensor, standardised: bool = True) -> Tensor:
        """What the head reads: pooled hidden states, then features where there are any. (batch, width)"""
        if self.config.architecture == "decoder":
            hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            last = (attention_mask.sum(-1) - 1)[:, None, None].expand(-1, 1, hidden.shape[-1])
            return hidden.gather(1, last).squeeze(1)
        query, response = segments(input_ids, attention_mask, self.tokenizer.sep_token_id)
        hidden = self._read(input_ids, attention_mask, response)
        pooled = self._pooled(hidden, attention_mask, query, response)
        if self.features is None:
            return pooled
        cosine = (mean_unit(hidden, query) * mean_unit(hidden, response)).sum(-1)
        text = input_ids != self.tokenizer.sep_token_id
        read = self.features if standardised else self.features.raw
        return torch.cat([pooled, read(input_ids, hidden, query & text, response & text, cosine)], dim=-1)

    def rows(self, answers: Sequence[Answer]) -> list[list[int]]:
        """Token ids of each answer."""
        read = decoder_ids if self.config.architecture == "decoder" else cross_encoder_ids
        return read(self.tokenizer, answers, self.config.max_length)

    def _read(self, input_ids: Tensor, attention_mask: Tensor, response: Tensor) -> Tensor:
        """Hidden states of a row. With interactions, question and answer do not see each other: each is read as the
        pretrained encoder reads a text of its own, and they meet at the head."""
        if self.config.pooling != "interaction":
            typed = {"token_type_ids": response.long()} if _type_count(self.encoder) > 1 else {}
            return self.encoder(input_ids=input_ids, attention_mask=attention_mask, **typed).last_hidden_state
        together = (response[:, :, None] == response[:, None, :]) & attention_mask[:, None, :].bool()
        apart = torch.zeros_like(together, dtype=torch.float32).masked_fill(~together, OUT_OF_SIGHT)
        before = (attention_mask.bool() & ~response).sum(-1, keepdim=True)
        places = torch.arange(input_ids.shape[1], device=input_ids.device).expand_as(input_ids)
        # An answer begins where [CLS] would stand: from the place behind it, without one, it is read much worse.
        places = torch.where(response, places - before, places)
        read = self.encoder(input_ids=input_ids, attention_mask=apart[:, None], position_ids=places)
        return read.last_hidden_state

    def _pooled(self, hidden: Tensor, mask: Tensor, query: Tensor, response: Tensor) -> Tensor:
        if self.config.pooling == "first":
            return hidden[:, 0]
        if self.config.pooling == "mean":
            return mean_of(hidden, mask)
        # At a length of √width their entries are about 1; products stay small, as hundreds of them are mostly noise.
        size = hidden.shape[-1] ** 0.5
        u, v = mean_unit(hidden, query), mean_unit(hidden, response)
        return size * torch.cat([u, v, (u - v).abs(), u * v], dim=-1)


def segments(input_ids: Tensor, attention_mask: Tensor, separator: int) -> tuple[Tensor, Tensor]:
    """Which tokens are the question's and which the answer's, each with the separator that ends it.

    (batch, length) each → two masks (batch, length) of bool. The last segment is the answer, the one before it the
    question; any before that is context.
    """
    ends = ((input_ids == separator) & attention_mask.bool()).long()
    # Separators before a token; a separator belongs to the segment it ends.
    before = ends.cumsum(-1) - ends
    count = ends.sum(-1, keepdim=True)
    real = attention_mask.bool()
    return real & (before == count - 2), real & (before == count - 1)


def mean_of(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean over the masked tokens. (batch, length, width), (batch, length) → (batch, width)"""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


def mean_unit(hidden: Tensor, mask: Tensor) -> Tensor:
    """The same at unit length."""
    return nn.functional.normalize(mean_of(hidden, mask), dim=-1)


class OwnScorer:
    """Scores 0 to 1 by a reward model of Attune's."""

    def __init__(self, model: RewardModel):
        self.model = model.eval()

    def score(self, answers: Sequence[Triple]) -> Tensor:
        calibration = self.model.config.calibration
        return torch.sigmoid(calibration.slope * self.logits(answers)[:, 0] + calibration.intercept)

    @torch.no_grad()
    def logits(self, answers: Sequence[Triple]) -> Tensor:
        """Logits before the sigmoid. (answers, 1 + dimensions), fp32 on the CPU."""
        if not answers:
            return torch.zeros(0, 1 + len(self.model.config.dimensions))
        rows = self.model.rows([Answer(*answer) for answer in answers])
        return logits_of(self.model, rows, self.model.tokenizer.pad_token_id).float().cpu()


class ClassifierScorer:
    """Raw logits by a sequence classifier with one label, as reward models on the hub are."""

    def __init__(self, model: nn.Module, tokenizer: PreTrainedTokenizerBase):
        self._model = model.eval()
        self._tokenizer = tokenizer

    @torch.no_grad()
    def score(self, answers: Sequence[Triple]) -> Tensor:
        if not answers:
            return torch.zeros(0)
        given = [Answer(*answer) for answer in answers]
        longest = min(self._tokenizer.model_max_length, getattr(self._model.config, "max_position_embeddings", 4096))
        if self._tokenizer.cls_token_id is None:
            rows = decoder_ids(self._tokenizer, given, longest)
        else:
            rows = cross_encoder_ids(self._tokenizer, given, min(longest, 512))
        logits = logits_of(lambda **batch: self._model(**batch).logits, rows, self._tokenizer.pad_token_id)
        return logits[:, 0].float().cpu()


def logits_of(model: Callable[..., Tensor], rows: Sequence[list[int]], padding: int) -> Tensor:
    """A model's outputs for rows of token ids, computed longest first in batches of about equal work.

    → (rows, outputs) on the device, in the order of the rows, with gradients where they are wanted.
    """
    order = sorted(range(len(rows)), key=lambda index: -len(rows[index]))
    outputs: list[Tensor] = []
    at = 0
    while at < len(order):
        size = max(1, TOKENS_PER_BATCH // len(rows[order[at]]))
        batch = padded([rows[index] for index in order[at : at + size]], padding, device())
        outputs.append(model(**batch))
        at += size
    return torch.cat(outputs)[torch.tensor(order, device=device()).argsort()]


@torch.no_grad()
def text_embeddings(model: RewardModel, texts: Sequence[str]) -> NDArray[numpy.float64]:
    """Mean of the encoder's last hidden states over each text's tokens, at unit length. (texts, width)"""
    model.eval()
    limit = model.config.max_length
    rows = model.tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"]
    # A text without tokens reads as one of padding.
    rows = [ids or [model.tokenizer.pad_token_id] for ids in rows]

    def embed(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = model.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return mean_unit(hidden, attention_mask)

    return logits_of(embed, rows, model.tokenizer.pad_token_id).double().cpu().numpy()


def new_reward_model(
    name: str, config: RewardConfig, revision: str | None = None, lora: Lora | None = None
) -> RewardModel:
    """A reward model on a pretrained encoder; with `lora` the encoder is frozen beside an adapter.

    Its head is untrained, unless `name` is the folder of a reward model with a head of the same shape: that goes on.
    Raises RunFailure `unknown_model`, `invalid_spec`.
    """
    tokenizer = load_tokenizer(name, revision)
    try:
        encoder = AutoModel.from_pretrained(name, revision=revision, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise unknown_model(name, error) from error
    if config.pooling == "interaction" and encoder.config.model_type not in INTERACTING:
        raise RunFailure(
            "invalid_spec",
            f"Pooling `interaction` works with encoders of the kind {', '.join(INTERACTING)}; {name!r} is of the kind "
            f"{encoder.config.model_type}. Choose `first` or `mean`.",
        )
    # It stands above what is pooled here.
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler.requires_grad_(False)
    if lora is not None:
        encoder = get_peft_model(encoder, lora_config(lora, "FEATURE_EXTRACTION"))
    model = RewardModel(encoder, tokenizer, config)
    if (head := Path(name) / "head.safetensors").exists():
        _go_on(model, load_file(head))
    return model.to(device())


def save_reward_model(model: RewardModel, folder: Path) -> None:
    """Writes a folder that `load_reward_model` reads; an adapter is merged into the encoder for good."""
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(model.encoder, PeftModel):
        model.encoder = model.encoder.merge_and_unload()
    model.encoder.save_pretrained(folder)
    model.tokenizer.save_pretrained(folder)
    save_file(head_weights(model), folder / "head.safetensors")
    (folder / "attune.json").write_text(json.dumps(asdict(model.config), indent=2), "utf-8")


def head_weights(model: RewardModel) -> dict[str, Tensor]:
    """All weights beside the encoder's, on the CPU."""
    own = model.state_dict().items()
    return {name: value.contiguous().cpu() for name, value in own if not name.startswith("encoder.")}


def load_own(folder: Path) -> RewardModel:
    """A reward model as the recipe wrote it. Raises RunFailure `unknown_model` where it lacks its trained head."""
    model = new_reward_model(str(folder), read_config(folder / "attune.json"))
    head = folder / "head.safetensors"
    if not head.exists() or not _fits(model, load_file(head)):
        raise _untrained(str(folder), "its head.safetensors is missing or of another shape")
    return model.eval()


def load_reward_model(name: str | Path, revision: str | None = None) -> RewardScorer:
    """A scorer from a folder (or hub id).

    Raises RunFailure `unknown_model`, also for a model without a trained head of one label: it would score at random.
    """
    if (Path(name) / "attune.json").exists():
        return OwnScorer(load_own(Path(name)))
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(name), revision=revision)
        model, loading = AutoModelForSequenceClassification.from_pretrained(
            str(name), revision=revision, num_labels=1, ignore_mismatched_sizes=True, output_loading_info=True
        )
    except (OSError, ValueError) as error:
        raise unknown_model(str(name), error) from error
    unfit = [*loading["missing_keys"], *(key for key, *_ in loading["mismatched_keys"])]
    if unfit:
        raise _untrained(str(name), f"{', '.join(sorted(unfit))} are missing or of another shape")
    return ClassifierScorer(model.to(device()), tokenizer)


def _go_on(model: RewardModel, head: dict[str, Tensor]) -> None:
    if _fits(model, head):
        model.load_state_dict({**model.state_dict(), **head})


def _fits(model: RewardModel, head: dict[str, Tensor]) -> bool:
    own = head_weights(model)
    return {name: value.shape for name, value in own.items()} == {name: value.shape for name, value in head.items()}


def _untrained(name: str, why: str) -> RunFailure:
    return RunFailure(
        "unknown_model",
        f"{name!r} is no reward model: {why}, so that its scores would be random. Give a folder that the recipe "
        "`reward` left, or a sequence classifier with one label.",
    )


def _type_count(encoder: nn.Module) -> int:
    return getattr(encoder.config, "type_vocab_size", 0) or 0
