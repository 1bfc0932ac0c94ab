"""The alarm for reward hacking and the stop on quality loss, on made-up histories where they must and must not fire."""

from dataclasses import replace

import pytest

from attune_trainer.monitors.alarm import kl_limit
from attune_trainer.monitors.history import Estimate, Measurement
from attune_trainer.monitors.quality_loss import quality_loss
from attune_trainer.monitors.reward_hacking import reward_hacking
from attune_trainer.monitors.soundness import sound
from attune_trainer.monitors.texts import distinct_n, own_distinct_n

START = Measurement(
    step=0,
    proxy=Estimate(0.30, 0.02),
    judge=Estimate(0.40, 0.02),
    length=Estimate(100.0, 3.0),
    variety=Estimate(0.95, 0.005),
    distinct_2=0.6,
    finished=0.8,
    perplexity=4.0,
    kl=0.0,
)


def history(**courses: list[float]) -> list[Measurement]:
    """Measurements from the start on; each course gives a field's values, with the start's standard error."""
    measurements = [START]
    for place in range(len(next(iter(courses.values())))):
        changes: dict[str, object] = {"step": 10 * (place + 1)}
        for name, values in courses.items():
            before = getattr(START, name)
            error = before.error if isinstance(before, Estimate) else None
            changes[name] = values[place] if error is None else Estimate(values[place], error)
        measurements.append(replace(START, **changes))
    return measurements


RISING = [0.5, 0.7, 0.8, 0.9]


@pytest.mark.parametrize(
    ("what", "course"),
    [
        ("judge fell", {"judge": [0.55, 0.60, 0.45, 0.40]}),
        ("longer", {"length": [120.0, 160.0, 170.0, 180.0]}),
        ("shorter", {"length": [80.0, 60.0, 50.0, 40.0]}),
        ("repeats itself", {"variety": [0.9, 0.8, 0.7, 0.6]}),
        ("all alike", {"distinct_2": [0.5, 0.4, 0.3, 0.2]}),
        ("longer, and the judge is not impressed", {"judge": [0.41] * 4, "length": [120.0, 160.0, 170.0, 180.0]}),
        ("repeats itself, and the judge likes it", {"judge": RISING, "variety": [0.9, 0.8, 0.7, 0.6]}),
    ],
)
def test_it_fires_when_something_disagrees(what: str, course: dict[str, list[float]]) -> None:
    alarm = reward_hacking(history(proxy=RISING, **course))
    assert alarm is not None, what
    assert alarm.kind == "reward_hacking"
    assert alarm.evidence["reward"] == 0.9


@pytest.mark.parametrize(
    ("what", "course"),
    [
        ("all is well", {"proxy": RISING, "judge": [0.5, 0.6, 0.65, 0.7]}),
        ("the judge stands still", {"proxy": RISING, "judge": [0.42, 0.39, 0.41, 0.40]}),
        ("the judge wavers within its error", {"proxy": RISING, "judge": [0.46, 0.41, 0.45, 0.40]}),
        ("a single bad evaluation", {"proxy": RISING, "judge": [0.6, 0.6, 0.6, 0.3]}),
        ("bad and good again", {"proxy": RISING, "judge": [0.6, 0.3, 0.6, 0.6]}),
        ("both fall: not hacking", {"proxy": [0.25, 0.2, 0.15, 0.1], "judge": [0.3, 0.2, 0.1, 0.05]}),
        ("longer without more reward", {"proxy": [0.31, 0.3, 0.32, 0.31], "length": [150.0, 180.0, 190.0, 200.0]}),
        ("a little longer", {"proxy": RISING, "length": [110.0, 120.0, 130.0, 140.0]}),
        ("longer and better", {"proxy": RISING, "judge": RISING, "length": [120.0, 160.0, 170.0, 180.0]}),
        (
            "different symptoms by turns",
            {"proxy": RISING, "judge": [0.6, 0.6, 0.3, 0.6], "distinct_2": [0.6, 0.6, 0.6, 0.3]},
        ),
        ("it rose and stayed: no drift", {"proxy": [0.8] * 4, "judge": [0.6] * 4, "variety": [0.9] * 4}),
    ],
)
def test_it_does_not_fire(what: str, course: dict[str, list[float]]) -> None:
    assert reward_hacking(history(**course)) is None, what


def test_it_fires_without_a_judge() -> None:
    longer = [replace(one, judge=None) for one in history(proxy=RISING, length=[120.0, 160.0, 170.0, 180.0])]
    calm = [replace(one, judge=None) for one in history(proxy=RISING)]
    assert reward_hacking(longer) is not None
    assert reward_hacking(calm) is None


def test_two_measurements_are_too_few() -> None:
    assert reward_hacking(history(proxy=[0.9], judge=[0.1])) is None
    assert quality_loss(history(perplexity=[400.0])) is None


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ({"perplexity": [5.0, 20.0, 30.0]}, "improbable"),
        ({"finished": [0.8, 0.3, 0.2]}, "come to an end"),
        ({"variety": [0.9, 0.4, 0.3]}, "repeat"),
        ({"length": [90.0, 20.0, 10.0]}, "hardly"),
    ],
)
def test_quality_loss(course: dict[str, list[float]], words: str) -> None:
    alarm = quality_loss(history(**course))
    assert alarm is not None
    assert alarm.kind == "quality_loss"
    assert words in alarm.message
    once = {name: [values[0], values[0], values[-1]] for name, values in course.items()}
    assert quality_loss(history(**once)) is None


def test_a_model_that_never_ended_its_answers_is_not_blamed_for_it() -> None:
    unfinished = [replace(one, finished=0.0) for one in history(proxy=RISING)]
    assert quality_loss(unfinished) is None


@pytest.mark.parametrize(
    "course",
    [
        {"perplexity": [17_744.0]},
        {"finished": [0.2]},
        {"length": [10.0]},
        {"variety": [0.3]},
        {"kl": [51.0]},
        {"kl": [float("nan")]},
        {"proxy": [0.9], "distinct_2": [0.2]},
    ],
)
def test_weights_with_a_single_symptom_of_any_alarm_are_not_for_keeping(course: dict[str, list[float]]) -> None:
    assert not sound(history(**course), 50.0)


def test_weights_without_symptoms_are_for_keeping() -> None:
    assert sound(history(proxy=RISING, judge=RISING, perplexity=[5.0] * 4, kl=[40.0] * 4), 50.0)
    # What an earlier evaluation showed is over.
    assert sound(history(perplexity=[400.0, 5.0]), 50.0)


def test_the_limit_of_kl() -> None:
    assert kl_limit(49.9, 50.0) is None
    alarm = kl_limit(60.0, 50.0)
    assert alarm is not None
    assert alarm.evidence == {"kl": 60.0, "kl_limit": 50.0}


def test_distinct_bigrams_by_hand() -> None:
    """Li et al. 2016: "a b a b" has bigrams ab, ba, ab: 2 of 3; with "a b" 2 of 4."""
    assert own_distinct_n("A b, a b.", 2) == pytest.approx(2 / 3)
    assert distinct_n(["a b a b", "a b"], 2) == pytest.approx(2 / 4)
    assert distinct_n(["one"], 2) == 1
