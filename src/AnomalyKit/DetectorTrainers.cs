using AnomalyKit.TextValues;
using AnomalyKit.Trainers;

namespace AnomalyKit;

/// <summary>The detectors of AnomalyKit by name: those of the contract, as model files and <see cref="DetectorInfo.Kind"/> have them, and <c>recommended</c>.</summary>
public static class DetectorTrainers
{
    /// <summary>The name of <see cref="RecommendedEnsemble"/>.</summary>
    public const string Recommended = "recommended";

    private static readonly TrainerEntry[] Entries =
    [
        new(Recommended, "Three detectors of different kinds, combined. A good choice if you know little about the data.", seed => RecommendedEnsemble.Create(seed)),
        new("isolation-forest", "Random trees that cut rows off; fast, takes categories and missing cells.", seed => new IsolationForestTrainer { Seed = seed }),
        new("elliptic-envelope", "Robust distance from the center of one cloud; for columns that move together.", seed => new EllipticEnvelopeTrainer { Seed = seed }),
        new("one-class-svm", "A boundary around the dense region, by kernels; for up to about 100,000 rows.", _ => new OneClassSvmTrainer()),
        new("nearest-neighbors", "The distance to the nearest rows.", seed => new NearestNeighborsTrainer { Seed = seed }),
        new("local-outlier-factor", "How much emptier it is around a row than around its neighbors; for clusters of different density.", seed => new LocalOutlierFactorTrainer { Seed = seed }),
        new("autoencoder", "A small network that learns to reproduce rows, and fails to reproduce unusual ones.", seed => new AutoencoderTrainer { Seed = seed }),
    ];

    /// <summary>All names, <see cref="Recommended"/> first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>A trainer with the default options.</summary>
    /// <param name="name">One of <see cref="Names"/>; case and dashes do not matter.</param>
    /// <param name="seed">The seed of its random choices; the one-class SVM makes none.</param>
    /// <returns>The trainer; change it by <c>with</c>, or by <see cref="TrainerOptions"/>.</returns>
    /// <exception cref="ArgumentException">There is no such detector; the message lists those that there are and the one that may have been meant.</exception>
    public static IDetectorTrainer Create(string name, ulong seed = 0) => Find(name).Create(seed);

    /// <summary>What a detector does, in a sentence.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A sentence for help texts.</returns>
    /// <exception cref="ArgumentException">There is no such detector.</exception>
    public static string Describe(string name) => Find(name).Description;

    private static TrainerEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(Entries, entry => TextWords.AreSame(entry.Name, name))
            ?? throw new ArgumentException($"There is no detector '{name}'{Nearest.Hint(name, Names)} Detectors are {string.Join(", ", Names)}.");
    }
}
