"""How much of the returns the critic foresaw."""

from torch import Tensor


def explained_variance(values: Tensor, returns: Tensor, mask: Tensor) -> float:
    """1 − Var(R − V) / Var(R) over the masked tokens: 1 is perfect, 0 no better than a constant; 0 for constant R."""
    chosen = mask.bool()
    returns, missed = returns[chosen], (returns - values)[chosen]
    variance = returns.var(correction=0).item()
    return 1 - missed.var(correction=0).item() / variance if variance > 0 else 0.0
