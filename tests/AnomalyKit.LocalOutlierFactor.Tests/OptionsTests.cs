namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Options out of range are refused by name, those that do not go with the data with the numbers of both and the remedy.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Values_out_of_range_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Neighbors", () => new LocalOutlierFactorTrainer { Neighbors = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("SampleSize", () => new LocalOutlierFactorTrainer { SampleSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("SubsetCount", () => new LocalOutlierFactorTrainer { SubsetCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Metric", () => new LocalOutlierFactorTrainer { Metric = (DistanceMetric)3 });
        Assert.Throws<ArgumentOutOfRangeException>("Engine", () => new LocalOutlierFactorTrainer { Engine = (NeighborEngine)3 });
        Assert.Throws<ArgumentOutOfRangeException>("Distance", () => new NearestNeighborsTrainer { Distance = (NeighborDistance)3 });
    }

    [Fact]
    public void More_neighbours_than_other_rows_are_refused()
    {
        var five = Sets.Named("normal3", 5);
        foreach (var fit in (Func<IAnomalyDetector>[])[() => new NearestNeighborsTrainer { Neighbors = 20 }.Fit(five), () => new LocalOutlierFactorTrainer { Neighbors = 20 }.Fit(five)])
        {
            var error = Assert.Throws<ArgumentException>("data", fit);
            Assert.StartsWith(
                "Neighbors is 20, but the model is fitted on 5 rows: each has at most 4 neighbors. Lower Neighbors to at most 4, or fit at least 21 rows.",
                error.Message,
                StringComparison.Ordinal);
        }

        Assert.Equal(4, new NearestNeighborsTrainer { Neighbors = 4 }.Fit(five).Neighbors);
    }

    [Fact]
    public void More_neighbours_than_other_reference_rows_are_refused()
    {
        var rows = Sets.Named("normal3", 50);
        var error = Assert.Throws<ArgumentException>("data", () => new LocalOutlierFactorTrainer { Neighbors = 30, SampleSize = 30 }.Fit(rows));
        Assert.StartsWith(
            "Neighbors is 30 and SampleSize is 30: a row has at most 29 neighbors among them. Lower Neighbors to at most 29, or raise SampleSize to at least 31.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(29, new NearestNeighborsTrainer { Neighbors = 29, SampleSize = 30 }.Fit(rows).Neighbors);
    }

    [Fact]
    public void Rows_that_a_calibration_sets_aside_do_not_count()
    {
        var rows = Sets.Named("normal3", 50);
        var trainer = new NearestNeighborsTrainer { Neighbors = 40, Calibration = ScoreCalibration.Conformal(0.4) };
        var error = Assert.Throws<ArgumentException>("data", () => trainer.Fit(rows));
        Assert.Contains("Neighbors is 40, but the model is fitted on 30 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_of_one_row_has_no_neighbours_to_list()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>("neighbors", () => NeighborIndex.Build(Sets.Named("normal3", 1)).NearestOfRows(1));
        Assert.Contains("at least 2 rows", error.Message, StringComparison.Ordinal);
    }
}
