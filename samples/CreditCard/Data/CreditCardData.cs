namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>The rows of an evaluation, and where they come from.</summary>
/// <param name="Rows">The labelled rows.</param>
/// <param name="Source">The file's name, or <c>synthetic</c>.</param>
/// <param name="Sha256">The SHA-256 of the file's unpacked text; of the cells and labels where they are synthetic.</param>
/// <param name="ReadSeconds">How long the reading or generating took.</param>
internal sealed record CreditCardData(FeatureMatrix Rows, string Source, string Sha256, double ReadSeconds)
{
    /// <summary>The rows labelled as frauds.</summary>
    public int Frauds { get; } = Rows.Labels.Span.Count(true);

    /// <summary>Whether the rows are made up.</summary>
    public bool IsSynthetic => Source == SyntheticCreditCard.SourceName;

    /// <summary>The share of frauds, as it is published with the data set: what settings that use the known rate go by.</summary>
    public double FraudRate => (double)Frauds / Rows.RowCount;

    /// <summary>What the hash says about the file, for people.</summary>
    public string Identity => Sha256 switch
    {
        KnownFiles.QuotedSha256 => "the ULB/Kaggle credit-card set, as published",
        KnownFiles.PlainSha256 => "the ULB/Kaggle credit-card set, without quotes",
        _ when IsSynthetic => "made up by this program: figures say nothing about real fraud",
        _ => "a file of your own",
    };
}
