namespace AnomalyKit.ML.Rows;

/// <summary>The input of a mapping that looks at no column.</summary>
internal sealed class NoColumns;
