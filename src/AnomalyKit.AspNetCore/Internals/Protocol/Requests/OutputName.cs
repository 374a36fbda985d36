namespace AnomalyKit.Serving.Protocol;

/// <summary>The tensors that can be asked for.</summary>
internal enum OutputName
{
    /// <summary>One FP32 a row: higher is more anomalous.</summary>
    Score,

    /// <summary>One BOOL per row: whether the score is above the threshold.</summary>
    Label,

    /// <summary>One FP64 a row: how likely a normal row has such a score or a higher one.</summary>
    PValue,

    /// <summary>One FP64 a row and column: what the column contributed.</summary>
    Contributions,
}
