using AnomalyKit.LocalOutlierFactor.Tiles;

namespace AnomalyKit.LocalOutlierFactor.Kernels;

/// <summary>Measures query rows against a panel of 32 points in float32 and hands on what may be near enough.</summary>
internal unsafe interface IPanelKernel
{
    /// <summary>For each listed query row, adds the panel's points whose fold does not exceed the row's bound to its candidates.</summary>
    /// <param name="panel">The points: 32 cells of the first dimension, then of the second, ….</param>
    /// <param name="valid">A bit for each point that exists.</param>
    /// <param name="first">The position of the panel's first point.</param>
    /// <param name="block">The query rows, their bounds and candidates.</param>
    /// <param name="rows">The rows to be measured; room for three more entries behind the last.</param>
    /// <param name="count">Their number.</param>
    void Scan(float* panel, uint valid, int first, QueryBlock* block, int* rows, int count);
}
