using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble.Tests;

/// <summary>An ensemble uses categories and missing cells where all its members do.</summary>
public sealed class MixedColumnTests
{
    private static readonly FeatureSchema Schema = new FeatureSchema(["amount", "color"])
        .WithCategories(new Dictionary<string, int> { ["color"] = 4 })
        .WithMissing("amount");

    private static readonly FeatureMatrix Data = FeatureMatrix.Wrap(
        Enumerable.Range(0, 600).Select(i => i % 2 == 1 ? i * 7 % 11 % 4 : i % 14 == 0 ? float.NaN : (float)(i * 7919 % 1009)).ToArray(), Schema);

    private static readonly EnsembleMember Forest = new("forest", new IsolationForestTrainer { TreeCount = 10 });
    private static readonly EnsembleMember Other = new("other", new IsolationForestTrainer { TreeCount = 10, Seed = 1 });

    [Fact]
    public void Forests_together_use_both()
    {
        var ensemble = new EnsembleTrainer { Members = [Forest, Other] }.Fit(Data);
        var loaded = Load(Writer(ensemble));
        Assert.Equal(Schema, loaded.Schema);
        Assert.Equal(ensemble.Score(Data), loaded.Score(Data));
        Assert.Equal(2, loaded.Explain(Data, 7).Length);
    }

    [Fact]
    public void One_member_that_cannot_is_enough_to_refuse()
    {
        IDetectorTrainer mixed = new EnsembleTrainer { Members = [Forest, new("column", new ColumnTrainer(0))] };
        Assert.False(mixed.AcceptsMissing || mixed.AcceptsCategories);
        var exception = Assert.Throws<ArgumentException>(() => mixed.Fit(Data));
        Assert.Contains("'amount'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_members_have_other_columns_than_the_ensemble_is_refused()
    {
        var plain = FeatureMatrix.Wrap(Data.ContiguousCells(0).ToArray().Select(cell => float.IsNaN(cell) ? 0 : cell).ToArray(), 2);
        var ensemble = new EnsembleTrainer { Members = [Forest, Other] }.Fit(plain);
        foreach (bool isCategory in (bool[])[true, false])
        {
            var writer = Writer(ensemble);
            if (isCategory)
                writer.Add("columns.levels", new[] { 0, 4 }.AsMemory());
            else
                writer.Add("columns.missing", new byte[] { 1, 0 }.AsMemory());
            Assert.Contains("member", Assert.Throws<ModelFormatException>(() => Load(writer)).Message, StringComparison.Ordinal);
        }
    }

    private static ModelWriter Writer(EnsembleDetector ensemble)
    {
        var writer = new ModelWriter();
        ensemble.WriteTo(writer);
        return writer;
    }

    private static EnsembleDetector Load(ModelWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Save(stream);
        stream.Position = 0;
        return EnsembleDetector.Load(stream, ModelCatalog.Empty.With(IsolationForestDetector.Format));
    }
}
