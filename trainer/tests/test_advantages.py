"""Advantages, whitening, reward scaling and the rewards of single tokens, by worked numbers."""

import pytest
import torch

from attune_trainer.advantages import generalised_advantages, group_advantages, whiten
from attune_trainer.reward_scaling import RewardScaling
from attune_trainer.token_rewards import token_rewards


def test_generalised_advantages_by_hand() -> None:
    """Schulman et al. 2015, eq. 16, with γ = 0.9 and λ = 0.5 over three tokens.

    δ = (0 + .9·.4 − .5, 0 + .9·.2 − .4, 1 + 0 − .2) = (−.14, −.22, .8)
    A₃ = .8; A₂ = −.22 + .45·.8 = .14; A₁ = −.14 + .45·.14 = −.077
    """
    rewards, values = torch.tensor([[0.0, 0.0, 1.0]]), torch.tensor([[0.5, 0.4, 0.2]])
    advantages, returns = generalised_advantages(rewards, values, torch.ones(1, 3), gamma=0.9, lambda_=0.5)
    torch.testing.assert_close(advantages, torch.tensor([[-0.077, 0.14, 0.8]]))
    torch.testing.assert_close(returns, torch.tensor([[0.423, 0.54, 1.0]]))


def test_padding_behind_an_answer_changes_no_advantage() -> None:
    rewards, values = torch.tensor([[0.1, 1.0]]), torch.tensor([[0.3, 0.6]])
    alone, _ = generalised_advantages(rewards, values, torch.ones(1, 2), 1.0, 0.95)
    padded_rewards, padded_values = torch.tensor([[0.1, 1.0, 0.0, 0.0]]), torch.tensor([[0.3, 0.6, 9.0, 9.0]])
    mask = torch.tensor([[1.0, 1.0, 0.0, 0.0]])
    padded, returns = generalised_advantages(padded_rewards, padded_values, mask, 1.0, 0.95)
    torch.testing.assert_close(padded[:, :2], alone)
    assert padded[0, 2:].tolist() == returns[0, 2:].tolist() == [0.0, 0.0]


def test_whitening_takes_the_biased_variance() -> None:
    """Mean 2, variance ((1−2)² + (2−2)² + (3−2)²) / 3 = 2/3 (Huang et al. 2023: `tf.nn.moments` divides by n)."""
    values, mask = torch.tensor([[1.0, 2.0, 3.0, 99.0]]), torch.tensor([[1.0, 1.0, 1.0, 0.0]])
    edge = 1.5**0.5
    torch.testing.assert_close(whiten(values, mask), torch.tensor([[-edge, 0.0, edge, 0.0]]))


def test_group_advantages_by_hand() -> None:
    """Shao et al. 2024, §4.1.2: (r − mean) / standard deviation; (0, 1, 1, 0) has .5 and .5, equal rewards give 0."""
    rewards = torch.tensor([0.0, 1.0, 1.0, 0.0, 7.0, 7.0, 7.0, 7.0])
    expected = torch.tensor([-1.0, 1.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0])
    torch.testing.assert_close(group_advantages(rewards, 4), expected, atol=1e-5, rtol=0)


def test_the_reward_stands_at_the_token_that_ends_the_answer() -> None:
    """−β·KL at each token; the answer's reward at its last one, which is its end token (Ziegler et al. 2019, §2)."""
    kl = torch.tensor([[0.1, 0.2, 0.3], [0.5, 9.0, 9.0]])
    mask = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]])
    rewards = token_rewards(torch.tensor([2.0, -1.0]), kl, mask, kl_weight=0.5)
    torch.testing.assert_close(rewards, torch.tensor([[-0.05, -0.1, 1.85], [-1.25, 0.0, 0.0]]))


def test_scaling_centres_on_the_first_and_divides_by_the_deviation_of_all() -> None:
    first, second = torch.tensor([1.0, 5.0, 3.0]), torch.tensor([10.0, -4.0])
    scaling = RewardScaling()
    torch.testing.assert_close(scaling.scaled(first), (first - 3) / first.std(correction=0))
    seen = torch.cat([first, second])
    torch.testing.assert_close(scaling.scaled(second), (second - 3) / seen.std(correction=0))
    assert scaling.mean == pytest.approx(seen.mean().item())
    assert RewardScaling(**scaling.state_dict()) == scaling


def test_rewards_that_never_differ_are_all_nothing() -> None:
    assert RewardScaling().scaled(torch.tensor([0.4, 0.4])).tolist() == pytest.approx([0, 0])
