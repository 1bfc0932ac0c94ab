"""Where a policy's rewards come from: a reward model in this process, or a server."""

from typing import Any

from attune_trainer.reward_model import RewardScorer, load_reward_model
from attune_trainer.rewards.http import HttpScorer, key_from


def reward_scorer(source: dict[str, Any]) -> RewardScorer:
    """The scorer that a `RewardSource` of the protocol names. Raises RunFailure `unknown_model`."""
    if source["kind"] == "local":
        return load_reward_model(source["model"])
    return HttpScorer(source["url"], key_from(source["key_variable"]), source["reward_model"])


def same_reward(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two sources are one and the same reward; the key that it is asked with does not matter."""
    return _identity(one) == _identity(other)


def _identity(source: dict[str, Any]) -> tuple[str, ...]:
    if source["kind"] == "local":
        return ("local", source["model"].rstrip("/"))
    return ("http", source["url"].rstrip("/"), source["reward_model"] or "")
