namespace AnomalyKit;

/// <summary>How a calibration that estimates tail probabilities states them.</summary>
public enum TailScale
{
    /// <summary>1 − p: from 0 to 1, the fraction of training scores that are less anomalous. Reads well; float32 cannot tell rows apart whose p is below 6·10⁻⁸.</summary>
    Probability,

    /// <summary>−log₁₀ p, the surprisal: 0 for ordinary rows, 3 for one row in a thousand. Keeps the far tail apart; sums of it are Fisher's combination of p-values.</summary>
    Surprisal,
}
