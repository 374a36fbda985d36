namespace AnomalyKit.Ensemble;

/// <summary>Combines the normalized scores of a row. Immutable; used by many threads.</summary>
internal interface IRowCombiner
{
    /// <param name="scores">One normalized score per member; may be overwritten.</param>
    /// <param name="scratch">As many numbers to work with.</param>
    double Combine(Span<double> scores, Span<double> scratch);
}
