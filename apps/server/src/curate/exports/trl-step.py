"""One training step of each TRL trainer on exported files, with a model of a few thousand random weights.

Reads {format: path} as JSON from standard input and prints {format: loss}. Nothing is downloaded.
"""

import json
import sys

from datasets import disable_progress_bars, load_dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

TEMPLATE = "{% for m in messages %}<{{ m.role }}> {{ m.content }} </s>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}"


TRAINERS = {
    "trl_preference": (DPOTrainer, DPOConfig),
    "trl_kto": (KTOTrainer, KTOConfig),
    "openai_chat": (SFTTrainer, SFTConfig),
}


def tokenizer():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = ["<pad>", "</s>", "<unk>", *alphabet]
    raw = Tokenizer(models.BPE(vocab={token: at for at, token in enumerate(tokens)}, merges=[], unk_token="<unk>"))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made = PreTrainedTokenizerFast(tokenizer_object=raw, pad_token="<pad>", eos_token="</s>", unk_token="<unk>")
    made.chat_template = TEMPLATE
    return made


def config(size):
    return LlamaConfig(vocab_size=size, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2, pad_token_id=0, eos_token_id=1)


def step(format, rows, folder):
    tokens = tokenizer()
    small = config(len(tokens))
    settings = {"output_dir": folder, "max_steps": 1, "per_device_train_batch_size": 2, "report_to": [], "use_cpu": True, "save_strategy": "no", "disable_tqdm": True, "bf16": False}
    given = {"train_dataset": rows, "processing_class": tokens}
    trainer, arguments = TRAINERS[format]
    # By its path: some trainers open the model a second time, as the reference.
    path = f"{folder}/model"
    LlamaForCausalLM(small).save_pretrained(path)
    trainer = trainer(model=path, args=arguments(**settings), **given)
    return trainer.train().training_loss


disable_progress_bars()
losses = {
    format: step(format, load_dataset("json", data_files=path, split="train", cache_dir=sys.argv[1]), sys.argv[1])
    for format, path in json.load(sys.stdin).items()
}
print(json.dumps(losses))
