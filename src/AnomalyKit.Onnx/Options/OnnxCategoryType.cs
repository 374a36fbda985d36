namespace AnomalyKit;

/// <summary>How cells of categories are handed to an exported detector of tables.</summary>
public enum OnnxCategoryType
{
    /// <summary>Words (tensors of strings); the empty word is a missing cell, unless it is a level.</summary>
    Text = 0,

    /// <summary>Numbers of levels (int64) in the order that the metadata lists them in; −1 is a missing cell, any other number a level that was not there.</summary>
    Code = 1,
}
