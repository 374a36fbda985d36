namespace AnomalyKit;

/// <summary>
/// What a search changes where nothing is said: of each detector the options that decide which rows come first. Options that only cost time or steady the score
/// (TreeCount, RandomStarts, tolerances, engines) are left to the trainer: more is never worse there, and a search would only pick lucky draws.
/// The first option of each is the one that matters most, and the one that an ensemble's space takes.
/// </summary>
internal static class BuiltInSpaces
{
    public static SearchSpace For(IDetectorTrainer trainer, DataSize size) => trainer is EnsembleTrainer ensemble
        ? new SearchSpace([.. EnsembleDimensions.Of(ensemble, string.Empty, size)])
        : new SearchSpace([.. Of(trainer, string.Empty, size)]);

    /// <summary>The dimensions of a single detector; names begin with the member's, if it is one.</summary>
    public static IEnumerable<SearchDimension> Of(IDetectorTrainer trainer, string member, DataSize size) => trainer switch
    {
        IsolationForestTrainer => IsolationForest(member, size),
        EllipticEnvelopeTrainer => EllipticEnvelope(member),
        OneClassSvmTrainer => OneClassSvm(member, size),
        NearestNeighborsTrainer nearest => NearestNeighbors(nearest, member, size),
        LocalOutlierFactorTrainer factor => LocalOutlierFactor(factor, member, size),
        AutoencoderTrainer => Autoencoder(member, size),
        _ => throw new ArgumentException($"There is no built-in space for {trainer.GetType().Name}. Make one: new SearchSpace(SearchDimension.Real<{trainer.GetType().Name}>(…), …)."),
    };

    /// <summary>
    /// Small samples keep groups of anomalies apart, large ones see fine structure (Liu et al. 2008); few columns per tree find what shows in one column only; deep trees tell dense
    /// regions apart.
    /// </summary>
    private static IEnumerable<SearchDimension> IsolationForest(string member, DataSize size)
    {
        yield return SearchDimension.Integer(member + "SampleSize", Math.Min(16, size.Rows / 2), Math.Min(4096, size.Rows), isLogarithmic: true);
        if (size.Columns is > 1 and { } columns)
            yield return SearchDimension.Integer(member + "FeaturesPerTree", 1, columns, isLogarithmic: true);
        yield return SearchDimension.Choice(member + "MaxDepth", "null", "3", "6", "12", "24");
    }

    /// <summary>How many rows count as the cloud, and whether the estimate is refined on those within it.</summary>
    private static IEnumerable<SearchDimension> EllipticEnvelope(string member) =>
    [
        SearchDimension.Real(member + "SupportFraction", 0.5, 1),
        SearchDimension.Choice(member + "Reweighted", "false", "true"),
    ];

    /// <summary>
    /// Of the radial kernel, which contains the others' useful behavior: small γ is near a linear boundary, large γ near the distance to the nearest support vector. γ is searched
    /// around 1 / columns, the inverse of the spread of scaled rows.
    /// </summary>
    private static IEnumerable<SearchDimension> OneClassSvm(string member, DataSize size)
    {
        const string Kernel = "Kernel";
        yield return size.Columns is { } columns
            ? new NumberDimension(member + Kernel, OptionSetter.ByName, new NumberRange(Kernel, 0.01 / columns, 30.0 / columns, isLogarithmic: true, 0, isWhole: false), "rbf:")
            : SearchDimension.Choice(member + Kernel, "rbf:over-variance", "rbf:median-heuristic", "rbf:0.001", "rbf:0.01", "rbf:0.1", "rbf:1");
        yield return SearchDimension.Real(member + "Nu", 0.005, 0.8, isLogarithmic: true);
        yield return Scalings(member, size);
    }

    private static IEnumerable<SearchDimension> NearestNeighbors(NearestNeighborsTrainer trainer, string member, DataSize size) =>
    [
        Neighbors(member, 1, 200, trainer.SampleSize, size),
        Scalings(member, size),
        Metrics(member),
        SearchDimension.Choice(member + "Distance", "mean", "largest", "median"),
    ];

    private static IEnumerable<SearchDimension> LocalOutlierFactor(LocalOutlierFactorTrainer trainer, string member, DataSize size) =>
    [
        Neighbors(member, 2, 500, trainer.SampleSize, size),
        Scalings(member, size),
        Metrics(member),
    ];

    /// <summary>How errors become scores and cells become inputs decides most; then how narrow the network is, and how far it is trained.</summary>
    private static IEnumerable<SearchDimension> Autoencoder(string member, DataSize size) =>
    [
        SearchDimension.Choice(member + "Measure", "whitened", "mean-square"),
        SearchDimension.Choice(member + "Scaling", "standard", "robust", "min-max"),
        SearchDimension.Choice(member + "HiddenWidths", Widths(size.Columns)),
        SearchDimension.Real(member + "LearningRate", 3e-4, 0.03, isLogarithmic: true),
        SearchDimension.Integer(member + "MaxEpochs", 5, 80, isLogarithmic: true),
        SearchDimension.Real(member + "TrimmedFraction", 0, 0.2),
    ];

    /// <summary>Few neighbors find single anomalies, many find groups of them: a group of k rows is found with more than k neighbors.</summary>
    private static SearchDimension Neighbors(string member, int low, int high, int? sample, DataSize size)
    {
        int most = Math.Min(size.Rows, sample ?? size.Rows) / 2;
        return SearchDimension.Integer(member + "Neighbors", Math.Min(low, Math.Max(1, most - 1)), Math.Max(2, Math.Min(high, most)), isLogarithmic: true);
    }

    private static SearchDimension Metrics(string member) => SearchDimension.Choice(member + "Metric", "euclidean", "manhattan", "chebyshev");

    /// <summary>Distances follow from the columns' units. Whitening needs more rows than it estimates correlations from.</summary>
    private static SearchDimension Scalings(string member, DataSize size)
    {
        string[] all = ["standard", "robust", "min-max", "none"];
        return SearchDimension.Choice(member + "Scaling", size.Columns is <= 100 and { } columns && size.Rows >= 5 * columns ? [.. all, "robust-whitening"] : all);
    }

    /// <summary>The default, a wide network with a narrow waist, a shallow one, and one with a waist of two units.</summary>
    private static string[] Widths(int? columns)
    {
        if (columns is not { } count)
            return ["null", "32,8,32", "64", "16,2,16"];
        int wide = Math.Min(2 * count, LayerWidths.MaxWidth);
        int half = Math.Min((count + 1) / 2, LayerWidths.MaxWidth);
        return [.. new[] { "null", $"{wide},{(count + 3) / 4},{wide}", $"{half}", $"{count},2,{count}" }.Distinct()];
    }
}
