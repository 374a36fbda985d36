namespace AnomalyKit;

/// <summary>All rows of one score, with what ranks above them.</summary>
/// <param name="Score">The score the rows share; never NaN, never −0.</param>
/// <param name="Anomalies">Rows of this score labeled anomalous.</param>
/// <param name="Normals">Rows of this score labeled normal.</param>
/// <param name="AnomaliesAbove">Anomalous rows of a higher score.</param>
/// <param name="NormalsAbove">Normal rows of a higher score.</param>
internal readonly record struct ScoreGroup(float Score, int Anomalies, int Normals, int AnomaliesAbove, int NormalsAbove)
{
    /// <summary>Rows of this score.</summary>
    internal int Rows => Anomalies + Normals;

    /// <summary>Rows of a higher score.</summary>
    internal int RowsAbove => AnomaliesAbove + NormalsAbove;

    /// <summary>True positives of the rule score ≥ <see cref="Score"/>.</summary>
    internal int AnomaliesFlagged => AnomaliesAbove + Anomalies;

    /// <summary>False positives of the rule score ≥ <see cref="Score"/>.</summary>
    internal int NormalsFlagged => NormalsAbove + Normals;

    /// <summary>Rows the rule score ≥ <see cref="Score"/> flags.</summary>
    internal int RowsFlagged => RowsAbove + Rows;
}
