namespace AnomalyKit.Trainers;

internal static class IsolationForestOptions
{
    public static OptionTable<IsolationForestTrainer> Table { get; } = new OptionTable<IsolationForestTrainer>("isolation-forest", new())
        .With("TreeCount", "The number of trees.", ValueText.Int32("from 1 to 1,000,000"), t => t.TreeCount, (t, v) => t with { TreeCount = v })
        .With("SampleSize", "The rows that each tree is grown on.", ValueText.Int32("from 2 to 16,777,216"), t => t.SampleSize, (t, v) => t with { SampleSize = v })
        .With("MaxDepth", "The depth at which trees stop growing; null for the logarithm of SampleSize.", ValueText.Int32("from 1 to 4,096").OrNull(), t => t.MaxDepth, (t, v) => t with { MaxDepth = v })
        .With("FeaturesPerTree", "How many columns, drawn at random, each tree may split by; null for all.", ValueText.Int32("at least 1").OrNull(), t => t.FeaturesPerTree, (t, v) => t with { FeaturesPerTree = v })
        .With("FirstTree", "The index of the first tree in the seed's sequence, for forests that are grown in parts.", ValueText.Int32("at least 0"), t => t.FirstTree, (t, v) => t with { FirstTree = v })
        .WithFrame<IsolationForestTrainer, IsolationForestDetector>()
        .With("Seed", "The seed of all random choices.", ValueText.Seed, t => t.Seed, (t, v) => t with { Seed = v });
}
