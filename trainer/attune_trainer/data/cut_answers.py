"""Answers that lost their end to `max_length`: counted, and told when they are many."""

from collections.abc import Sequence

from attune_trainer.data.completions import Completion
from attune_trainer.run import Run

# Share of answers that may lose their end before a run says so.
MOST_CUT = 0.05


def count_cut(run: Run, completions: Sequence[Completion], max_length: int) -> dict[str, float]:
    """For a report: answers to learn from, how many were cut, and their share. Warns in the log above MOST_CUT."""
    cut = sum(one.cut for one in completions)
    share = cut / len(completions)
    if share > MOST_CUT:
        run.log(
            f"{cut} of {len(completions)} answers ({share:.0%}) are longer than max_length {max_length} leaves room "
            "for: what is learnt of them stops midway. Raise max_length, or leave long answers out.",
            level="warning",
        )
    return {"answers": len(completions), "cut": cut, "share": share}
