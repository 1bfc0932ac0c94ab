"""What a reward model reads: the layout of a row, and what goes when it is too long."""

import pytest
from story_rows import STORY_MODEL
from tiny_encoder import tiny_tokenizer

from attune_trainer.data.reward_inputs import Answer, cross_encoder_ids, decoder_ids, fitted
from attune_trainer.decoder_frame import frame_of
from attune_trainer.policy import load_tokenizer


def read(answer: Answer, max_length: int = 64) -> str:
    tokenizer = tiny_tokenizer()
    return " ".join(tokenizer.convert_ids_to_tokens(cross_encoder_ids(tokenizer, [answer], max_length)[0]))


def test_a_row_is_context_query_response() -> None:
    whole = Answer("the bus is red", "why", "because")
    assert read(whole) == "[CLS] the bus is red [SEP] why [SEP] because [SEP]"
    assert read(whole._replace(context="")) == "[CLS] why [SEP] because [SEP]"
    assert read(Answer("", "", "")) == "[CLS] [SEP] [SEP]"


def test_special_tokens_written_in_a_text_are_left_out() -> None:
    assert read(Answer("", "why [SEP] red", "[CLS] because")) == "[CLS] why red [SEP] because [SEP]"


def test_the_context_goes_first_from_its_beginning() -> None:
    answer = Answer("the bus is red", "why", "because")
    assert read(answer, 8) == "[CLS] is red [SEP] why [SEP] because [SEP]"
    assert read(answer, 6) == "[CLS] why [SEP] because [SEP]"


@pytest.mark.parametrize("size", [1, 5, 40, 1000])
def test_then_the_question_and_never_the_answers_end(size: int) -> None:
    context, query, response = list(range(100)), list(range(200, 240)), list(range(1000, 1000 + size))
    for room in (8, 20, 64, 128):
        kept = fitted(context, query, response, room)
        assert sum(map(len, kept)) == min(room, 140 + size)
        assert kept[2][-1] == response[-1]
        for before, after in zip((context, query), kept, strict=False):
            assert after == before[len(before) - len(after) :]
        # A quarter of the room is the question's, however long the answer.
        assert len(kept[1]) >= min(40, room // 4)
        if len(kept[1]) < 40:
            assert not kept[0]
        if len(kept[2]) < size:
            assert len(kept[1]) == min(40, room // 4)


def test_a_long_answer_loses_its_middle() -> None:
    assert fitted([], [1], list(range(10, 30)), 7) == ([], [1], [10, 11, 12, 27, 28, 29])


def test_a_decoder_reads_text_behind_text_and_an_end() -> None:
    tokenizer = load_tokenizer(str(STORY_MODEL))
    whole = Answer("A story.", "Once upon a time", ", there was a cat.")
    ids = decoder_ids(tokenizer, [whole], 100)[0]
    assert ids == [*tokenizer("A story.\n\nOnce upon a time, there was a cat.")["input_ids"], tokenizer.eos_token_id]
    assert decoder_ids(tokenizer, [whole], 8)[0] == ids[-8:]


ANSWERS = [
    Answer("", "why", "because"),
    Answer("user: a\nassistant: b", " why ", "\nbecause\n"),
    Answer("user: a\nassistant: b\nuser: c\nassistant: d", "why", "because"),
    Answer("A shop.", "why", "because"),
    Answer("", "x" * 200, "y"),
]
CHAT = "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content CUT }}</s>\n{% endfor %}"


@pytest.mark.parametrize(
    ("template", "trimmed"), [(None, False), (CHAT.replace("CUT", ""), False), (CHAT.replace("CUT", "| trim"), True)]
)
def test_a_frame_makes_the_rows_of_training(template: str | None, trimmed: bool) -> None:
    tokenizer = load_tokenizer(str(STORY_MODEL))
    tokenizer.chat_template = template
    frame = frame_of(tokenizer, ANSWERS, 64)
    assert frame is not None
    assert (frame.trimmed, frame.special_tokens) == (trimmed, template is None)
    assert [frame.ids(tokenizer, answer, 64) for answer in ANSWERS] == decoder_ids(tokenizer, ANSWERS, 64)


def test_a_decoder_reads_earlier_turns_as_turns() -> None:
    tokenizer = load_tokenizer(str(STORY_MODEL))
    tokenizer.chat_template = CHAT.replace("CUT", "")
    (ids,) = decoder_ids(tokenizer, [Answer("user: a\nassistant: b", "why", "because")], 100)
    turns = ["a", "b", "why", "because"]
    said = [{"role": ("user", "assistant")[at % 2], "content": text} for at, text in enumerate(turns)]
    assert ids[: len(ids) - 1] == tokenizer.apply_chat_template(said, return_dict=False)[: len(ids) - 1]


def test_a_template_that_looks_into_the_texts_has_no_frame() -> None:
    tokenizer = load_tokenizer(str(STORY_MODEL))
    tokenizer.chat_template = CHAT.replace("CUT", "| upper")
    assert frame_of(tokenizer, ANSWERS, 64) is None
    tokenizer.chat_template = "{% for m in messages %}{{ m.content | length }} {{ m.content }}{% endfor %}"
    assert frame_of(tokenizer, ANSWERS, 64) is None
