"""How reward models are measured, by worked numbers."""

import numpy
import pytest
from scipy.stats import pearsonr

from attune_trainer.data.questions import AnswerPair, JudgedAnswer, Question, gathered
from attune_trainer.data.reward_inputs import Answer
from attune_trainer.data.rows import Part, Rating
from attune_trainer.evaluation.errors import errors_by
from attune_trainer.evaluation.held_out import HeldOut, held_out
from attune_trainer.evaluation.linear_model import fit_linear_model
from attune_trainer.evaluation.measures import differences, measured, reliability
from attune_trainer.intervals import interval
from attune_trainer.reward_calibration import Calibration, cross_fitted, fit_calibration


def judged(ratings: list[float], pairs: list[tuple[int, int]], query: str = "q") -> Question:
    answers = [JudgedAnswer(Answer("", query, f"{at}" * (at + 1)), rating, {}) for at, rating in enumerate(ratings)]
    return Question(answers, [AnswerPair(better, worse, 1.0) for better, worse in pairs])


def many(count: int, seed: int = 0) -> tuple[HeldOut, numpy.ndarray]:
    chance = numpy.random.default_rng(seed)
    held = held_out([judged(chance.random(3).tolist(), [(0, 1), (2, 1)], f"q{at}") for at in range(count)])
    return held, chance.random(3 * count)


def test_equal_scores_count_half() -> None:
    held = held_out([judged([1.0, 0.0, 0.5], [(0, 1), (0, 2), (2, 1)])])
    found = measured(held, numpy.array([0.9, 0.9, 0.1]))
    assert found["pair_accuracy"]["value"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert found["mse"]["value"] == pytest.approx((0.01 + 0.81 + 0.16) / 3)
    assert found["mae"]["value"] == pytest.approx((0.1 + 0.9 + 0.4) / 3)


def test_pearson_is_scipys() -> None:
    held, scores = many(20)
    found = measured(held, scores)["pearson"]
    assert found["value"] == pytest.approx(pearsonr(scores, held.ratings).statistic)
    assert found["ci"][0] < found["value"] < found["ci"][1]
    assert (found["n"], found["groups"]) == (60, 20)


def test_an_interval_leaves_out_draws_that_are_not_finite() -> None:
    # Σ a / Σ b: a draw of the second group alone is 1/0.
    sums = numpy.array([[1.0, 1.0], [1.0, 0.0]])
    found = interval(sums, ["a", "b"], lambda total: total[..., 0] / total[..., 1])
    assert found["ci"] == pytest.approx((1.0, 2.0))
    never = interval(sums[1:], ["b"], lambda total: total[..., 0] / total[..., 1])
    assert numpy.isnan(never["ci"]).all()


def test_calibration_error_by_hand() -> None:
    # Tenths [0.2, 0.3): scores .2 and .28, ratings 0 and 1; [0.9, 1]: score 1, rating ½.
    held = held_out([judged([0.0, 1.0, 0.5], [])])
    scores = numpy.array([0.2, 0.28, 1.0])
    assert measured(held, scores)["ece"]["value"] == pytest.approx(2 / 3 * 0.26 + 1 / 3 * 0.5)
    first, second = reliability(held, scores)
    assert (first["rating"]["n"], second["rating"]["n"]) == (2, 1)
    assert (first["score"], first["rating"]["value"]) == (pytest.approx(0.24), 0.5)


def test_a_tenths_rating_has_an_interval_over_questions() -> None:
    """Two questions with one answer each, rated 0 and 1: their mean lies anywhere between."""
    apart = held_out([judged([0.0], []), Question([JudgedAnswer(Answer("", "other", "a"), 1.0, {})], [])])
    (found,) = reliability(apart, numpy.array([0.5, 0.5]))
    assert (found["rating"]["value"], found["rating"]["ci"], found["rating"]["groups"]) == (0.5, (0.0, 1.0), 2)


def test_no_pairs_no_ratings_no_numbers() -> None:
    pairs_only = Question([JudgedAnswer(Answer("", "q", text), None, {}) for text in "ab"], [AnswerPair(0, 1, 1.0)])
    assert set(measured(held_out([pairs_only]), numpy.array([0.4, 0.2]))) == {"pair_accuracy"}
    assert "pair_accuracy" not in measured(held_out([judged([0.0, 1.0], [])]), numpy.array([0.4, 0.2]))


def test_a_difference_is_paired() -> None:
    held, scores = many(20)
    found = differences(held, scores, scores)
    assert [(one["value"], one["ci"]) for one in found.values()] == [(0, (0, 0))] * 2


def test_errors_are_told_by_length_and_by_what_rows_name() -> None:
    questions = []
    for at in range(30):
        question = judged([1.0, 0.0, 0.5, 0.2], [(0, 1)], f"q{at}")
        category = "tax" if at < 27 else f"rare {at}"
        answers = [JudgedAnswer(one.answer, one.rating, {}, category) for one in question.answers]
        questions.append(Question(answers, question.pairs))
    found = errors_by(held_out(questions), numpy.full(120, 0.5))
    assert set(found) == {"length", "category"}
    assert [group["mse"]["n"] for group in found["length"]] == [30] * 4
    # Three categories of four answers each are too small to say anything alone.
    assert [(group["group"], group["mae"]["n"]) for group in found["category"]] == [("tax", 108), ("other", 12)]
    assert found["category"][0]["mae"]["value"] == pytest.approx((0.5 + 0.5 + 0 + 0.3) / 4)
    assert [group["pair_accuracy"]["n"] for group in found["category"]] == [27, 3]


def test_a_group_of_users_is_measured_by_its_own_ratings() -> None:
    """Experts give every answer 0 and users 1: the mean is right for neither."""
    answers = [
        JudgedAnswer(Answer("", f"q{at}", "a"), 0.5, {}, "", {"expert": [0.0], "user": [1.0]}) for at in range(20)
    ]
    found = errors_by(held_out([Question([one], []) for one in answers]), numpy.full(20, 0.9))
    errors = {group["group"]: group["mae"]["value"] for group in found["user_group"]}
    assert errors == {"expert": pytest.approx(0.9), "user": pytest.approx(0.1)}


def test_an_answer_keeps_what_each_group_gave_it() -> None:
    def rated(stars: float, category: str, group: str) -> Rating:
        return Rating("q", "a", stars, {}, "", category, group)

    (question,) = gathered(Part([rated(5, "", "user"), rated(1, "tax", "expert"), rated(2, "", "user")], []))
    (answer,) = question.answers
    assert (answer.category, answer.groups) == ("tax", {"user": [1.0, 0.25], "expert": [0.0]})


def test_no_groups_where_all_are_small() -> None:
    answers = [JudgedAnswer(Answer("", f"q{at}", "a"), 0.5, {}, "rare", {"few": [0.5]}) for at in range(19)]
    found = errors_by(held_out([Question([one], []) for one in answers]), numpy.full(19, 0.9))
    assert set(found) == {"length"}


def test_calibration_finds_slope_and_intercept() -> None:
    logits = numpy.linspace(-3, 3, 2000)
    found = fit_calibration(logits, Calibration(0.5, 1.0).score(logits))
    assert (found.slope, found.intercept) == (pytest.approx(0.5, abs=0.01), pytest.approx(1.0, abs=0.01))
    # What has learnt the opposite keeps its order of answers.
    assert fit_calibration(logits, Calibration(-1.0, 0.0).score(logits)).slope > 0


def test_each_half_is_calibrated_by_the_other() -> None:
    logits, queries = numpy.array([0.0, 0.0, 0.0, 0.0]), ["a", "a", "b", "b"]
    scores = cross_fitted(logits, numpy.arange(4), numpy.array([1.0, 1.0, 0.0, 0.0]), queries)
    assert scores[0] == scores[1] < 0.5 < scores[2] == scores[3]


def test_the_linear_model_learns_a_rule_from_ratings_and_from_pairs() -> None:
    chance = numpy.random.default_rng(0)

    def questions(rated: bool, first: int) -> list[Question]:
        found = []
        for at in range(first, first + 40):
            texts = ["word " * chance.integers(3, 30) + end for end in ("? ? ?", ".")]
            ratings = (1.0, 0.0) if rated else (None, None)
            answers = [
                JudgedAnswer(Answer("", f"q {at}", text), rating, {})
                for text, rating in zip(texts, ratings, strict=True)
            ]
            found.append(Question(answers, [AnswerPair(0, 1, 1.0)]))
        return found

    def embed(texts: object) -> numpy.ndarray:
        return numpy.ones((len(list(texts)), 4)) / 2

    for rated in (True, False):
        train, test = held_out(questions(rated, 0)), held_out(questions(rated, 100))
        scores = fit_linear_model(train, embed).score([one.answer for one in test.answers], embed)
        assert measured(test, scores)["pair_accuracy"]["value"] == 1
