namespace AnomalyKit;

/// <summary>An input or output of an exported detector: a tensor [rows, <see cref="ColumnCount"/>].</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">What its elements are.</param>
/// <param name="ColumnCount">The length of its second dimension; the first is the number of rows of the call.</param>
public sealed record OnnxTensor(string Name, OnnxElementType ElementType, int ColumnCount);
