"""What a reward model must beat: the commonest rating, the length of an answer, a linear model."""

from collections import Counter

import numpy

from attune_trainer.evaluation.held_out import Floats, HeldOut
from attune_trainer.evaluation.linear_model import Embed, fit_linear_model


def baseline_scores(train: HeldOut, held: HeldOut, embed: Embed) -> dict[str, Floats]:
    """Scores of held-out answers, about 0 to 1, by baselines fitted on training answers."""
    linear = fit_linear_model(train, embed)
    return {
        "majority": _majority(train, held),
        "length_only": _length_only(train, held),
        "linear": linear.score([judged.answer for judged in held.answers], embed),
    }


def _majority(train: HeldOut, held: HeldOut) -> Floats:
    """The commonest rating for every answer; ½ where nothing is rated."""
    commonest = Counter(train.ratings.tolist()).most_common(1)
    return numpy.full(len(held.answers), commonest[0][0] if commonest else 0.5)


def _length_only(train: HeldOut, held: HeldOut) -> Floats:
    """A straight line in log length: least squares on ratings; longer is better where nothing is rated."""
    lengths = numpy.log1p(held.characters)
    if len(train.rated) < 2:
        return lengths / max(1.0, lengths.max(initial=1.0))
    rows = numpy.stack([numpy.ones(len(train.rated)), numpy.log1p(train.characters[train.rated])], axis=1)
    constant, slope = numpy.linalg.lstsq(rows, train.ratings, rcond=None)[0]
    return constant + slope * lengths
