using AnomalyKit.Preparation;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>What stands for a missing cell.</summary>
internal static class CellFills
{
    /// <summary>The cell; NaN where it stays missing, or where the row is refused, which the check of cells then sees.</summary>
    public static float Of(CellFill fill) => fill.IsRefused ? float.NaN : fill.Cell;
}
