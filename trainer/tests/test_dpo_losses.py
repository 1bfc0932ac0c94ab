"""The losses of preference optimisation by worked numbers."""

import math

import pytest
import torch
from torch import tensor

from attune_trainer.losses.dpo import ipo_loss, kto_loss, sigmoid_loss


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_dpo_starts_at_ln_2() -> None:
    zero = torch.zeros(3)
    assert sigmoid_loss(zero, zero, 0.1).tolist() == pytest.approx([math.log(2)] * 3)
    assert sigmoid_loss(zero, zero, 0.1, 0.2).tolist() == pytest.approx([math.log(2)] * 3)


def test_sigmoid_by_hand() -> None:
    """Rafailov et al. 2023, equation 7: β .5, log-ratios 1.2 and −.4 give −log σ(.8) = .371101."""
    found = sigmoid_loss(tensor([1.2]), tensor([-0.4]), 0.5)
    assert found.item() == pytest.approx(-math.log(sigmoid(0.8)), abs=1e-6)
    assert found.item() == pytest.approx(0.371101, abs=1e-6)


def test_label_smoothing_by_hand() -> None:
    """Mitchell 2023, equation 3: ε .1 gives .9 · .371101 + .1 · 1.171101 = .451101."""
    assert sigmoid_loss(tensor([1.2]), tensor([-0.4]), 0.5, 0.1).item() == pytest.approx(0.451101, abs=1e-6)


def test_label_smoothing_has_its_least_at_the_odds_of_a_right_label() -> None:
    """The gradient of cDPO vanishes where σ(h) = 1 − ε (Mitchell 2023)."""
    rewards = tensor([math.log(9.0)], requires_grad=True)
    sigmoid_loss(rewards, torch.zeros(1), 1.0, 0.1).sum().backward()
    assert rewards.grad is not None
    assert rewards.grad.item() == pytest.approx(0, abs=1e-6)


def test_the_gradient_of_dpo_weighs_by_how_wrong_the_reward_is() -> None:
    """Rafailov et al. 2023, section 4: d loss / d chosen = −β·σ(−h)."""
    chosen = tensor([0.3], requires_grad=True)
    sigmoid_loss(chosen, tensor([0.8]), 0.2).sum().backward()
    assert chosen.grad is not None
    assert chosen.grad.item() == pytest.approx(-0.2 * sigmoid(0.1), abs=1e-6)


def test_ipo_by_hand() -> None:
    """Azar et al. 2023, equation 17: τ .1 wants a difference of 5; 1.6 misses it by 3.4, squared 11.56."""
    assert ipo_loss(tensor([1.2, 5.0]), tensor([-0.4, 0.0]), 0.1).tolist() == pytest.approx([11.56, 0.0], abs=1e-5)


def test_kto_by_hand() -> None:
    """Ethayarajh et al. 2024, equation 8: β .5, z .6; good r 1: 1 − σ(.2); bad r 1, λ 1.5: 1.5 · (1 − σ(−.2))."""
    found = kto_loss(tensor([1.0, 1.0]), tensor([True, False]), 0.6, 0.5, undesirable_weight=1.5)
    assert found.tolist() == pytest.approx([1 - sigmoid(0.2), 1.5 * (1 - sigmoid(-0.2))], abs=1e-6)
    assert found.tolist() == pytest.approx([0.450166, 0.824751], abs=1e-6)


def test_kto_starts_at_a_half() -> None:
    assert kto_loss(torch.zeros(2), tensor([True, False]), 0.0, 0.1).tolist() == [0.5, 0.5]
