using System.Text.Json;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>Searches by labels, and what is said where there are none.</summary>
public sealed class TuneTests(Payments payments) : IClassFixture<Payments>
{
    private string[] Line(params string[] more) =>
    [
        "tune", payments.Csv, "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--set", "TreeCount=10", "--trials", "4", "--folds", "2", "--outer-folds", "2",
        "--space", "SampleSize=8..64:log", "--space", "MaxDepth=null|3", .. more,
    ];

    [Theory]
    [InlineData("--out", "no.akm")]
    [InlineData("--trials", "3")]
    [InlineData("--metric", "roc_auc")]
    [InlineData("--prune")]
    [InlineData("--study", "s")]
    [InlineData("--tracking", "runs.db")]
    public void Criteria_refuse_what_only_a_search_takes(params string[] option) =>
        Run.Of(["tune", payments.Csv, "--id", "id", "--ignore", "fraud", "--criteria", .. option]).Fails(2, "--criteria", option[0]);

    [Fact]
    public void A_search_reports_two_figures_and_its_model_is_that_of_the_settings_it_names()
    {
        var json = Run.Of(Line("--out", payments["tuned.akm"], "--json")).Succeeds().Json;
        var found = json.GetProperty("detectors").EnumerateArray().Single();
        Assert.Equal("average_precision", found.GetProperty("metric").GetString());
        Assert.Equal(4, found.GetProperty("trials").GetArrayLength());
        Assert.True(found.GetProperty("best_value").GetDouble() >= found.GetProperty("default_value").GetDouble());
        var estimate = found.GetProperty("estimate");
        Assert.InRange(estimate.GetProperty("value").GetDouble(), estimate.GetProperty("low").GetDouble(), estimate.GetProperty("high").GetDouble());
        Assert.Equal(20, estimate.GetProperty("anomalies").GetInt32());

        string[] settings = [.. found.GetProperty("settings").EnumerateObject().SelectMany(setting => new[] { "--set", $"{setting.Name}={setting.Value.GetString()}" })];
        Run.Of(["fit", payments.Csv, "--out", payments["again.akm"], "--label", "fraud", "--id", "id", "--detector", "isolation-forest", "--set", "TreeCount=10", .. settings]).Succeeds();
        Assert.Equal(File.ReadAllBytes(payments["again.akm"]), File.ReadAllBytes(payments["tuned.akm"]));
    }

    [Fact]
    public void People_are_told_which_figure_to_believe()
    {
        string said = Run.Of(Line()).Succeeds().Output;
        Assert.Contains("Best: --detector isolation-forest", said, StringComparison.Ordinal);
        Assert.Contains("too good to be true", said, StringComparison.Ordinal);
        Assert.Contains("On new rows expect", said, StringComparison.Ordinal);
        var found = Run.Of(Line("--json")).Succeeds().Json.GetProperty("detectors").EnumerateArray().Single();
        Assert.Equal(2, found.GetProperty("outer_settings").GetArrayLength());
        bool isUnsettled = found.GetProperty("estimate").GetProperty("value").GetDouble() > found.GetProperty("best_value").GetDouble();
        Assert.Equal(isUnsettled, found.GetProperty("is_unsettled").GetBoolean());
        Assert.Equal(isUnsettled, said.Contains("Give more --trials, or try them", StringComparison.Ordinal));
    }

    [Fact]
    public void Pruning_without_effect_is_said()
    {
        var pruned = Run.Of(Line("--prune", "--json")).Succeeds();
        Assert.Contains("isolation-forest: --prune had no effect", pruned.Errors, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, pruned.Json.GetProperty("detectors")[0].GetProperty("pruning").ValueKind);
        Assert.DoesNotContain("--prune", Run.Of(Line()).Succeeds().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_is_gone_on_with_and_other_work_under_its_name_is_refused()
    {
        string[] kept = Line("--tracking", payments["runs.db"], "--study", "s", "--json");
        var first = Run.Of(kept).Succeeds().Json;
        Assert.Equal(first.GetRawText(), Run.Of(kept).Succeeds().Json.GetRawText());
        Run.Of([.. kept, "--seed", "9"]).Fails(1, "study");
        Run.Of(Line("--study", "s")).Fails(2, "--tracking");
    }

    [Fact]
    public void Without_labels_nothing_is_tuned_unless_criteria_are_asked_for()
    {
        Run.Of("tune", payments.Csv).Fails(2, "--label");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--criteria").Fails(2, "--criteria");
        string[] line = ["tune", payments.Csv, "--columns", "amount,hour", "--detector", "isolation-forest,nearest-neighbors", "--criteria"];
        Assert.Contains("None of them is accuracy", Run.Of(line).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_searched_is_a_usage_error()
    {
        Run.Of("tune", payments.Csv, "--label", "fraud", "--space", "SampleSize").Fails(2, "LOW..HIGH");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--metric", "accuracy").Fails(2, "average_precision");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--sampler", "magic").Fails(2, "tpe");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--time", "hour", "--group", "merchant").Fails(2, "--time");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--trials", "0").Fails(2, "TrialCount");
        Run.Of("tune", payments.Csv, "--label", "fraud", "--id", "id", "--space", "NoSuch=1..2").Fails(1, "NoSuch");
    }
}
