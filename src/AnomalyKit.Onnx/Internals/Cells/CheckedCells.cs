using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Cells;

/// <summary>Cells in the encoding of a schema that were looked at.</summary>
/// <param name="Cells">float32 [rows, columns]; NaN where a cell is missing.</param>
/// <param name="Check">float32 [rows, 1]: 0, or NaN where the row cannot be scored.</param>
/// <param name="IsMissing">Which cells are NaN, or null where none may be.</param>
internal readonly record struct CheckedCells(Value Cells, Value Check, Value? IsMissing);
