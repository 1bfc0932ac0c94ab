"""Rows gathered by question, so that an answer that was rated and compared is read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from attune_trainer.data.rated_answers import rated_answers
from attune_trainer.data.reward_inputs import Answer
from attune_trainer.data.rows import Part, Rows

# Answers of one question that are read together; more become questions of their own.
TOGETHER = 8
STARS = (1.0, 5.0)


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer with the means of its ratings, scaled to 0–1; None and empty where nobody rated it."""

    answer: Answer
    rating: float | None
    dimensions: dict[str, float]
    category: str = ""
    # What each group of users gave it, '' being that of rows that name none; empty where no row does.
    groups: Mapping[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerPair:
    """Places of two answers within their question; strength of the preference 0 to 1."""

    chosen: int
    rejected: int
    strength: float


@dataclass(frozen=True)
class Question:
    """Answers to one question and what is known about their order."""

    answers: list[JudgedAnswer]
    pairs: list[AnswerPair]

    @property
    def query(self) -> str:
        return self.answers[0].answer.query


def training_questions(rows: Rows) -> list[Question]:
    """What is learnt from: questions in parts of a size that bounds a batch."""
    parts = [part for question in gathered(rows.train) for part in in_parts(question)]
    return parts if rows.train.pairs else [with_formed_pairs(part) for part in parts]


def validation_questions(rows: Rows) -> list[Question]:
    """What is held out, each question whole."""
    questions = gathered(rows.validation)
    return questions if rows.validation.pairs else [with_formed_pairs(question) for question in questions]


def gathered(part: Part) -> list[Question]:
    """A part's rows by question and context, in the order of their first rows; ratings of one answer are averaged."""
    by_question: dict[tuple[str, str], list[JudgedAnswer]] = {}
    for judged in _judged_answers(part).values():
        by_question.setdefault((judged.answer.query, judged.answer.context), []).append(judged)
    place = {judged.answer: index for answers in by_question.values() for index, judged in enumerate(answers)}
    pairs: dict[tuple[str, str], list[AnswerPair]] = {}
    for row in part.pairs:
        chosen = place[Answer(row.context, row.query, row.chosen)]
        rejected = place[Answer(row.context, row.query, row.rejected)]
        pairs.setdefault((row.query, row.context), []).append(AnswerPair(chosen, rejected, row.strength))
    return [Question(answers, pairs.get(key, [])) for key, answers in by_question.items()]


def in_parts(question: Question) -> Iterator[Question]:
    """Parts of at most TOGETHER answers; a pair that reaches over two becomes a part without ratings."""
    for first in range(0, len(question.answers), TOGETHER):
        inside = range(first, first + TOGETHER)
        pairs = [
            AnswerPair(pair.chosen - first, pair.rejected - first, pair.strength)
            for pair in question.pairs
            if pair.chosen in inside and pair.rejected in inside
        ]
        yield Question(question.answers[first : first + TOGETHER], pairs)
    for pair in question.pairs:
        if pair.chosen // TOGETHER != pair.rejected // TOGETHER:
            sides = [question.answers[pair.chosen], question.answers[pair.rejected]]
            unrated = [JudgedAnswer(side.answer, None, {}) for side in sides]
            yield Question(unrated, [AnswerPair(0, 1, pair.strength)])


def with_formed_pairs(question: Question) -> Question:
    """Pairs from answers whose mean ratings differ, with the difference as their strength."""
    pairs = [
        AnswerPair(better, worse, above.rating - below.rating)
        for better, above in enumerate(question.answers)
        for worse, below in enumerate(question.answers)
        if above.rating is not None and below.rating is not None and above.rating > below.rating
    ]
    return Question(question.answers, pairs)


def scaled(stars: float) -> float:
    """Stars from 1 to 5 as 0 to 1."""
    return (stars - STARS[0]) / (STARS[1] - STARS[0])


def _judged_answers(part: Part) -> dict[Answer, JudgedAnswer]:
    ratings = {one.answer: [scaled(stars) for stars in one.stars] for one in rated_answers(part)}
    dimensions: dict[Answer, dict[str, list[float]]] = {}
    categories: dict[Answer, str] = {}
    groups: dict[Answer, dict[str, list[float]]] = {}
    is_grouped = any(row.user_group for row in part.ratings)
    for row in part.ratings:
        answer = Answer(row.context, row.query, row.response)
        if row.category:
            categories.setdefault(answer, row.category)
        if is_grouped:
            groups.setdefault(answer, {}).setdefault(row.user_group, []).append(scaled(row.rating))
        for name, stars in row.dimensions.items():
            dimensions.setdefault(answer, {}).setdefault(name, []).append(scaled(stars))
    for pair in part.pairs:
        for response in (pair.chosen, pair.rejected):
            ratings.setdefault(Answer(pair.context, pair.query, response), [])
    return {
        answer: JudgedAnswer(
            answer,
            _mean(found) if found else None,
            {name: _mean(values) for name, values in dimensions.get(answer, {}).items()},
            categories.get(answer, ""),
            groups.get(answer, {}),
        )
        for answer, found in ratings.items()
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
