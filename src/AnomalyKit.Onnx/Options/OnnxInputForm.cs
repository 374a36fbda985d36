namespace AnomalyKit;

/// <summary>How rows are handed to an exported detector.</summary>
public enum OnnxInputForm
{
    /// <summary>One tensor of numbers [rows, columns] in the order of the columns. For detectors all of whose columns are numbers.</summary>
    Matrix = 0,

    /// <summary>One tensor [rows, 1] for each column, named as the column is.</summary>
    Columns = 1,
}
