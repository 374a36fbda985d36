using Microsoft.ML;

namespace AnomalyKit.ML.Inputs;

/// <summary>How columns of a pipeline become the groups of a gathered row.</summary>
/// <param name="Form">In which group the cell of each column is.</param>
/// <param name="Steps">The steps of ML.NET that make the groups, in order.</param>
/// <param name="Temporary">Columns that the steps add besides the groups.</param>
internal sealed record GatheredColumns(GatheredForm Form, IReadOnlyList<Func<MLContext, IEstimator<ITransformer>>> Steps, IReadOnlyList<string> Temporary);
