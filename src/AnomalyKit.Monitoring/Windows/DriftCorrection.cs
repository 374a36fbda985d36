namespace AnomalyKit;

/// <summary>What a level promises when many columns are tested.</summary>
public enum DriftCorrection
{
    /// <summary>The probability that any stable column is called drifted stays below the level, whatever the dependence of the columns (Holm 1979).</summary>
    Holm,

    /// <summary>The expected fraction of stable columns among those called drifted stays below the level (Benjamini and Hochberg 1995). Finds more, and promises less.</summary>
    BenjaminiHochberg,
}
