"""A small BERT with a vocabulary of a few words, made on the spot."""

import random
from pathlib import Path
from typing import Any

import torch
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

WORDS = ["what", "is", "the", "mask", "bus", "tax", "house", "tree", "red", "green", "blue"]
WORDS += ["wear", "pay", "plant", "why", "because", "thanks", "sorry"]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789?."


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """Whole words where it knows them, else letters."""
    tokens = dict.fromkeys([*SPECIAL, *WORDS, *LETTERS, *(f"##{letter}" for letter in LETTERS)])
    vocabulary = {token: at for at, token in enumerate(tokens)}
    return PreTrainedTokenizerFast(
        tokenizer_object=BertWordPieceTokenizer(vocabulary)._tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def tiny_encoder(folder: Path, dropout: float = 0.0) -> Path:
    """Leaves an untrained encoder with its tokenizer in a folder."""
    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def polite_answers(questions: int, held_out: int, seed: int = 1) -> list[dict[str, Any]]:
    """Three answers to each question; those that end in thanks have five stars, those that end in sorry one."""
    chance = random.Random(seed)
    rows = []
    for number in range(questions + held_out):
        for polite in (True, False, chance.random() < 0.5):
            words = [chance.choice(WORDS[:-2]) for _ in range(chance.randrange(2, 8))]
            rows.append(
                {
                    "type": "rating",
                    "split": "train" if number < questions else "validation",
                    "query": f"why {number}",
                    "response": " ".join([*words, "thanks" if polite else "sorry"]),
                    "rating": 5 if polite else 1,
                }
            )
    return rows
