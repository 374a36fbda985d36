namespace AnomalyKit;

/// <summary>How a detector is written to ONNX. Immutable.</summary>
public sealed record OnnxOptions
{
    /// <summary>How rows are passed to the model.</summary>
    /// <value>Null (the default) for a matrix where all columns are numbers, and for one tensor per column where they are not.</value>
    public OnnxInputForm? InputForm { get; init; }

    /// <summary>The name of the single input if rows are passed as a matrix.</summary>
    /// <value><c>features</c> by default; not empty.</value>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string InputName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "features";

    /// <summary>The type of numbers.</summary>
    /// <value><see cref="OnnxNumberType.Automatic"/> by default.</value>
    public OnnxNumberType NumberType { get; init; }

    /// <summary>How cells of categories are passed to the model; for detectors of tables.</summary>
    /// <value><see cref="OnnxCategoryType.Text"/> by default.</value>
    public OnnxCategoryType CategoryType { get; init; }

    /// <summary>What the names of all outputs begin with: where a column is called as an output is, the file cannot have both.</summary>
    /// <value>Empty by default: <c>score</c>, <c>label</c>, <c>p_value</c>, …</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string OutputPrefix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = string.Empty;

    /// <summary>Whether there is an output <c>calibrated_score</c>, for detectors with a calibration.</summary>
    /// <value>False by default.</value>
    public bool IncludeCalibratedScore { get; init; }

    /// <summary>Whether there is an output <c>member_scores</c>, for ensembles: the members' own scores, in their order.</summary>
    /// <value>False by default.</value>
    public bool IncludeMemberScores { get; init; }
}
