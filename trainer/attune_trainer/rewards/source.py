"""Where a policy's rewards come from: a reward model in this process, or a server."""

from typing import Any

from attune_trainer.reward_model import RewardScorer, load_reward_model
from attune_trainer.rewards.http import HttpScorer, key_from


def reward_scorer(source: dict[str, Any]) -> RewardScorer:
    """The scorer that a `RewardSource` of the protocol names. Raises RunFailure `unknown_model`."""
    if source["kind"] == "local":
        return load_reward_model(source["model"])
    return HttpScorer(source["url"], key_from(source["key_variable"]), source["reward_model"])
