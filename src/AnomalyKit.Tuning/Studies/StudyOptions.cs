namespace AnomalyKit;

/// <summary>What a study fixes when it is created. Whoever continues the study must give the same values.</summary>
public sealed record StudyOptions
{
    /// <summary>The study's name in its store.</summary>
    /// <value><c>study</c> by default.</value>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    } = "study";

    /// <summary>Which values are better.</summary>
    /// <value>Higher ones by default.</value>
    public SearchDirection Direction
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Direction), value, "Direction must be Maximize or Minimize.");
    }

    /// <summary>Says which points to try.</summary>
    /// <value>A <see cref="TpeSampler"/> with seed 0 by default.</value>
    public SearchSampler Sampler { get; init => field = value ?? throw new ArgumentNullException(nameof(Sampler)); } = new TpeSampler();

    /// <summary>Ends trials early that do badly on few rows.</summary>
    /// <value>Null by default: all trials come to their end.</value>
    public SuccessiveHalving? Pruning { get; init; }

    /// <summary>The trials of a round: their points are settled together, before any of them runs, and the next round begins when all of them have ended.</summary>
    /// <value>
    /// From 1 to 10,000, or null (the default) for 4, and with <see cref="Pruning"/> for its <see cref="SuccessiveHalving.RoundSize"/>. No more trials than these run side by side; a sampler that learns knows less of a longer round.
    /// </value>
    public int? TrialsPerRound
    {
        get;
        init => field = value is null or (>= 1 and <= 10_000) ? value : throw new ArgumentOutOfRangeException(nameof(TrialsPerRound), value, "TrialsPerRound must lie between 1 and 10,000, or be null.");
    }

    /// <summary>What else the trials' values depend on, for example the hash of the data, the metric and the split: a study is only gone on with where these are the same.</summary>
    /// <value>Nothing by default.</value>
    public IReadOnlyDictionary<string, string> Facts { get; init => field = value ?? throw new ArgumentNullException(nameof(Facts)); } = new Dictionary<string, string>();

    internal int RoundSize => TrialsPerRound ?? Pruning?.RoundSize ?? 4;

    internal StudyDefinition Define(SearchSpace space)
    {
        List<KeyValuePair<string, string>> settings =
        [
            new("direction", Direction.ToString()),
            new("sampler", Sampler.ToString()),
            new("pruning", Pruning?.ToString() ?? "none"),
            new("trials per round", RoundSize.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            .. space.Dimensions.Select((dimension, index) => KeyValuePair.Create($"dimension {index + 1}", dimension.ToString())),
            .. Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => KeyValuePair.Create($"fact {fact.Key}", fact.Value)),
        ];
        return new StudyDefinition(Name, settings);
    }
}
