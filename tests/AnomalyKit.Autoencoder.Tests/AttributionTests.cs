using AnomalyKit.Tests;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>Contributions are shares in the score, in proportion to squared reconstruction errors.</summary>
public sealed class AttributionTests
{
    [Theory]
    [InlineData("none", 6)]
    [InlineData("standard", 9)]
    [InlineData("robust", 33)]
    [InlineData("none", 600)]
    public void Laws_hold_behind_every_scaling(string scaling, int columns)
    {
        var data = Draw.Plane(300, columns);
        foreach (var measure in Enum.GetValues<ErrorMeasure>())
        {
            var detector = new AutoencoderTrainer
            {
                Measure = measure,
                MaxEpochs = 3,
                Scaling = scaling switch { "standard" => FeatureScaling.Standard, "robust" => FeatureScaling.Robust, _ => FeatureScaling.None },
            }.Fit(data);
            var rows = data.SelectRows([.. Enumerable.Range(0, 101)]);
            AttributionLaws.AddUp(detector, rows);
            AttributionLaws.AreTheSameInAnyBatch(detector, rows);
            AttributionLaws.AllocateNothing(detector, rows);
            AttributionLaws.GroupsAreSums(detector, rows);
            var scores = detector.Attribute(rows);
            for (int row = 0; row < rows.RowCount; row++)
                Assert.Equal(0, scores.Baselines[row]);
        }
    }

    [Fact]
    public void A_whitened_score_is_divided_by_squared_errors()
    {
        var data = Draw.Plane(400, 8);
        var detector = new AutoencoderTrainer { MaxEpochs = 3 }.Fit(data);
        foreach (int row in (int[])[0, 17])
        {
            var errors = new float[8];
            detector.ReconstructionErrors(data.Cells(row), errors);
            double squares = errors.Sum(error => (double)error * error);
            var actual = detector.Attribute(data, row);
            Assert.Equal(detector.Score(data.Cells(row)), actual.Explained, 1e-5 * actual.Explained);
            for (int j = 0; j < 8; j++)
                Assert.Equal(actual.Explained * errors[j] * errors[j] / squares, actual.Contributions[j], 1e-6 * (1 + actual.Explained));
        }
    }

    [Fact]
    public void Plain_errors_contribute_their_squares()
    {
        var data = Draw.Normal(200, 7);
        var detector = new AutoencoderTrainer { Measure = ErrorMeasure.MeanSquare, MaxEpochs = 2, Scaling = FeatureScaling.Standard }.Fit(data);
        var errors = new float[7];
        detector.ReconstructionErrors(data.Cells(5), errors);
        var attribution = detector.Attribute(data, 5);
        for (int j = 0; j < 7; j++)
            Assert.Equal((double)errors[j] * errors[j] / 7, attribution.Contributions[j], 1e-6);
    }

    [Fact]
    public void A_row_moved_far_in_one_column_has_that_column_first()
    {
        var data = Draw.Normal(800, 5);
        foreach (var measure in Enum.GetValues<ErrorMeasure>())
        {
            var detector = new AutoencoderTrainer { Measure = measure, HiddenWidths = LayerWidths.Of(3, 2, 3), MaxEpochs = 10 }.Fit(data);
            AttributionLaws.NameTheMovedColumn(detector, data.Cells(0), [20, 20, 20, 20, 20]);
        }
    }

    [Fact]
    public void A_row_that_is_reconstructed_has_nothing_to_say()
    {
        // No weight but zeros: the network gives zeros, and the row of zeros has no error.
        var data = Draw.Normal(50, 3);
        var fitted = new AutoencoderTrainer { Measure = ErrorMeasure.MeanSquare, MaxEpochs = 1, Scaling = FeatureScaling.None }.Fit(data);
        var layout = fitted.Model.Network.Layout;
        var model = new AutoencoderModel(new DenseNetwork(layout, new float[layout.Length]), 10, null, []);
        var detector = new AutoencoderDetector(fitted.Frame, model, Kernels.NetworkKernels.Resolve());
        Assert.Equal([0, 0, 0], detector.Attribute([0, 0, 0]).Contributions.ToArray());
        Assert.Equal([3, 0, 12], detector.Attribute([3, 0, -6]).Contributions.ToArray());
        Assert.Equal([float.MaxValue, 0, 0], detector.Attribute([3e38f, 0, 0]).Contributions.ToArray());
    }
}
