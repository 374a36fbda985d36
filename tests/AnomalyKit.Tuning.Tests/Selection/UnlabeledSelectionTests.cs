namespace AnomalyKit.Tuning.Tests;

public sealed class UnlabeledSelectionTests
{
    private static readonly FeatureMatrix Data = LabeledRows.Make(300, 6, columns: 3, shift: 6);

    private static UnlabeledSelection Selection => new(
        new EnsembleMember("neighbors", new NearestNeighborsTrainer()),
        new EnsembleMember("envelope", new EllipticEnvelopeTrainer()),
        new EnsembleMember("forest", new IsolationForestTrainer { TreeCount = 20 }),
        new EnsembleMember("tiny forest", new IsolationForestTrainer { TreeCount = 1, SampleSize = 4 }));

    [Fact]
    public void Every_criterion_says_something_of_every_candidate()
    {
        var compared = Selection.Run(Data);

        Assert.Equal(["neighbors", "envelope", "forest", "tiny forest"], compared.Candidates.Select(candidate => candidate.Name));
        Assert.All(compared.Candidates, candidate => Assert.All(candidate.Values, value => Assert.True(double.IsFinite(value.Value), value.Problem)));
        Assert.Equal(10, compared.Agreements.Count);
        Assert.InRange(compared.MeanAgreement, -1, 1);
        // A forest of one tree is all chance, and criteria that cannot see that are of no use at all.
        Assert.NotEqual("tiny forest", compared.PreferredBy("injection").Name);
        Assert.NotEqual("tiny forest", compared.PreferredBy("stability").Name);
        Assert.NotEqual("tiny forest", compared.PreferredBy("consensus").Name);
    }

    [Fact]
    public void A_table_is_prepared_once_for_all_candidates()
    {
        var preparation = new TablePreparation { Missing = MissingCells.Median };
        var cells = Enumerable.Range(0, 100).Select(row => row % 25 == 0 ? double.NaN : Math.Sin(row)).ToArray();
        var table = new FeatureTable([new DoubleColumn("a", cells), new CategoryColumn("b", Enumerable.Range(0, 100).Select(row => row % 3).ToArray(), ["x", "y", "z"])]);
        var matrix = preparation.Fit(table).Apply(table);
        double[] Values(UnlabeledSelectionResult result) => [.. result.Candidates.SelectMany(candidate => candidate.Values.Select(value => value.Value))];
        var selection = Selection with { Criteria = [SelectionCriterion.Consensus] };

        Assert.Equal(Values(selection.Run(matrix)), Values(selection.Run(table, preparation)));
    }

    [Fact]
    public void The_result_is_the_same_at_any_degree_of_parallelism()
    {
        IEnumerable<double> Values(int threads) => Selection.Run(Data, new SearchOptions { MaxDegreeOfParallelism = threads }).Candidates.SelectMany(candidate => candidate.Values.Select(value => value.Value));

        Assert.Equal(Values(1), Values(4));
    }

    [Fact]
    public void A_candidate_that_fails_is_last_and_the_others_are_compared()
    {
        var selection = new UnlabeledSelection(
            new EnsembleMember("refuses", new MixTrainer { WhenFitted = _ => throw new ArgumentException("no") }),
            new EnsembleMember("mix", new MixTrainer { Weight = 1 }),
            new EnsembleMember("envelope", new EllipticEnvelopeTrainer()))
        {
            Criteria = [SelectionCriterion.Consensus, SelectionCriterion.Stability(2)],
        };
        var compared = selection.Run(Data);

        Assert.All(compared.Candidates[0].Values, value => Assert.Equal("no", value.Problem));
        Assert.Equal(3, compared.Candidates[0].MeanRank);
        Assert.NotEqual("refuses", compared.PreferredBy("consensus").Name);
    }

    [Fact]
    public void Injection_prefers_what_finds_the_kind_that_is_injected()
    {
        var selection = new UnlabeledSelection(new EnsembleMember("first column only", new MixTrainer { Weight = 1 }), new EnsembleMember("envelope", new EllipticEnvelopeTrainer()))
        {
            Criteria = [SelectionCriterion.Injection(InjectedAnomalies.Global)],
        };

        var compared = selection.Run(Data);

        Assert.Equal("envelope", compared.PreferredBy("injection").Name);
        Assert.True(double.IsNaN(compared.MeanAgreement));
        Assert.Throws<ArgumentException>(() => compared.PreferredBy("accuracy"));
    }

    [Fact]
    public void Data_that_cannot_be_compared_on_is_refused()
    {
        Assert.Contains("at least 50", Assert.Throws<ArgumentException>(() => Selection.Run(LabeledRows.Make(20, 2))).Message, StringComparison.Ordinal);
        var missing = FeatureMatrix.Wrap(new float[100].Select((_, i) => i == 7 ? float.NaN : i).ToArray(), 1);
        Assert.Contains("Row 7, column", Assert.Throws<ArgumentException>(() => Selection.Run(missing)).Message, StringComparison.Ordinal);
        var categories = FeatureMatrix.Wrap(new float[100], FeatureSchema.Unnamed(1).WithCategories(new Dictionary<string, int> { [FeatureSchema.Unnamed(1).ColumnNames[0]] = 3 }));
        Assert.Contains("categories", Assert.Throws<ArgumentException>(() => Selection.Run(categories)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selections_that_make_no_sense_are_refused()
    {
        var one = new EnsembleMember("one", new MixTrainer());

        Assert.Throws<ArgumentException>(() => new UnlabeledSelection(one));
        Assert.Throws<ArgumentException>(() => new UnlabeledSelection(one, new EnsembleMember("one", new MixTrainer())));
        Assert.Throws<ArgumentException>(() => Selection with { Criteria = [] });
        Assert.Throws<ArgumentException>(() => Selection with { Criteria = [SelectionCriterion.Consensus, SelectionCriterion.Consensus] });
        Assert.Throws<ArgumentException>(() => SelectionCriterion.Injection(InjectedAnomalies.Local, InjectedAnomalies.Local));
        Assert.Throws<ArgumentOutOfRangeException>(() => SelectionCriterion.Stability(1));
    }

    [Fact]
    public void One_trainer_may_stand_there_under_two_names()
    {
        var forest = new IsolationForestTrainer { TreeCount = 20 };
        UnlabeledSelectionResult Compared(IDetectorTrainer second) => new UnlabeledSelection(
            new EnsembleMember("a", forest), new EnsembleMember("b", second), new EnsembleMember("c", new NearestNeighborsTrainer()))
        { Criteria = [SelectionCriterion.Consensus] }.Run(Data);
        Assert.Equal(
            Compared(new IsolationForestTrainer { TreeCount = 20 }).Candidates.Select(candidate => candidate.Values[0].Value),
            Compared(forest).Candidates.Select(candidate => candidate.Values[0].Value));
    }
}
