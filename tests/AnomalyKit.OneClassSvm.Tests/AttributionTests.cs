using AnomalyKit.Numerics;
using AnomalyKit.Tests;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Contributions are Shapley values of a product of kernels, and of other kernels what the straight line from each support vector collects.</summary>
public sealed class AttributionTests
{
    public static TheoryData<string> Kernels => new("rbf", "narrow", "linear", "polynomial", "sigmoid", "landmarks");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Laws_hold_behind_every_scaling(string kernel)
    {
        var data = Normal(240, 7);
        var unseen = Far(60, 7);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.Robust])
        {
            var detector = Trainer(kernel, scaling).Fit(data);
            AttributionLaws.AddUp(detector, data);
            AttributionLaws.AddUp(detector, unseen);
            AttributionLaws.AreTheSameInAnyBatch(detector, unseen);
            AttributionLaws.AllocateNothing(detector, data);
            if (!detector.Kernel.Kind.Equals(SvmKernelKind.Rbf))
                AttributionLaws.GroupsAreSums(detector, unseen);
        }
    }

    [Fact]
    public void Contributions_are_shapley_values_over_all_coalitions()
    {
        foreach (int columns in (int[])[1, 2, 5, 9])
        {
            var data = Normal(80, columns);
            foreach (double gamma in (double[])[0.01, 0.3, 20])
            {
                var detector = new OneClassSvmTrainer { Nu = 0.2, Scaling = FeatureScaling.None, Kernel = SvmKernel.Rbf(gamma) }.Fit(data);
                float[] row = [.. data.Cells(0).ToArray().Select((cell, j) => cell + j)];
                double[] expected = AttributionLaws.Shapley(columns, coalition => Value(detector, row, coalition));
                var actual = detector.Attribute(row);
                Assert.Equal(Value(detector, row, 0), actual.Baseline, 1e-7);
                for (int j = 0; j < columns; j++)
                    Assert.Equal(expected[j], actual.Contributions[j], 1e-6);
            }
        }
    }

    [Fact]
    public void A_group_of_columns_is_one_player()
    {
        var data = Normal(80, 6);
        var detector = new OneClassSvmTrainer { Nu = 0.2, Scaling = FeatureScaling.None, Kernel = SvmKernel.Rbf(0.3) }.Fit(data);
        int[] groups = [1, 0, 1, 2, 0, 1];
        float[] row = [1, -2, 3, 0, 1, 0];
        double[] expected = AttributionLaws.Shapley(3, coalition =>
        {
            int columns = Enumerable.Range(0, 6).Where(j => (coalition >> groups[j] & 1) != 0).Sum(j => 1 << j);
            return Value(detector, row, columns);
        });
        var actual = detector.Attribute(row, new AttributionOptions { Groups = new ColumnGroups(groups, ["a", "b", "c"]) });
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], actual.Contributions[i], 1e-6);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("polynomial")]
    [InlineData("sigmoid")]
    public void Other_kernels_divide_as_the_straight_line_from_each_support_vector_collects_them(string kernel)
    {
        var data = Normal(60, 3);
        var detector = Trainer(kernel, FeatureScaling.None).Fit(data);
        float[] row = [2, -1, 0.5f];
        var expected = new double[3];
        const int Steps = 2000;
        for (int i = 0; i < detector.SupportVectorCount; i++)
        {
            float[] vector = detector.SupportVectors.Slice(3 * i, 3).ToArray();
            double weight = detector.Coefficients[i] / detector.CoefficientSum;
            for (int step = 0; step < Steps; step++)
            {
                double t = (step + 0.5) / Steps;
                double product = vector.Zip(row, (x, z) => x * (x + (t * ((double)z - x)))).Sum() * detector.Gamma;
                double slope = detector.Kernel.Kind switch
                {
                    SvmKernelKind.Linear => 1,
                    SvmKernelKind.Polynomial => 3 * (product + 0.5) * (product + 0.5),
                    _ => 1 - (Math.Tanh(product) * Math.Tanh(product)),
                };
                for (int j = 0; j < 3; j++)
                    expected[j] -= weight * slope * detector.Gamma * vector[j] * ((double)row[j] - vector[j]) / Steps;
            }
        }

        var actual = detector.Attribute(row);
        for (int j = 0; j < 3; j++)
            Assert.Equal(expected[j], actual.Contributions[j], 1e-4 * (1 + Math.Abs(expected[j])));
    }

    [Fact]
    public void A_row_moved_far_in_one_column_has_that_column_first()
    {
        var data = Normal(400, 5);
        foreach (string kernel in (string[])["rbf", "landmarks"])
            AttributionLaws.NameTheMovedColumn(Trainer(kernel, FeatureScaling.Standard).Fit(data), data.Cells(2), [9, 9, 9, 9, 9]);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Copies_share_alike_and_constants_get_nothing(string kernel)
    {
        var source = Normal(150, 3);
        float[] cells = [.. Enumerable.Range(0, 150).SelectMany(row => (float[])[source.Cells(row)[0], source.Cells(row)[1], 2, source.Cells(row)[1]])];
        var detector = Trainer(kernel, FeatureScaling.None).Fit(FeatureMatrix.Wrap(cells, 4));
        for (int row = 0; row < 20; row++)
        {
            float[] moved = [source.Cells(row)[0], row, 2, row];
            var attribution = detector.Attribute(moved);
            Assert.Equal(0, attribution.Contributions[2]);
            Assert.Equal(attribution.Contributions[1], attribution.Contributions[3], 1e-9 * (1 + Math.Abs(attribution.Contributions[1])));
        }
    }

    [Fact]
    public void Many_columns_take_few_nodes_and_still_add_up()
    {
        var data = Normal(60, 150);
        foreach (double gamma in (double[])[1e-4, 0.01, 1, 100])
        {
            var detector = new OneClassSvmTrainer { Nu = 0.5, Kernel = SvmKernel.Rbf(gamma) }.Fit(data);
            AttributionLaws.AddUp(detector, Far(20, 150));
        }

        var rule = new Quadrature(149);
        Assert.Equal(75, rule.For(double.MaxValue).Nodes.Length);
        Assert.InRange(rule.For(2).Nodes.Length, 3, 8);
        for (double sum = 0.1; sum < 140; sum *= 1.3)
        {
            // ∏ (1 − t u) with 150 equal factors has an integral in closed form.
            double u = sum / 150;
            var (nodes, weights) = rule.For(sum);
            double actual = nodes.Zip(weights, (t, weight) => weight * Math.Pow(1 - (t * u), 149)).Sum();
            Assert.Equal((1 - Math.Pow(1 - u, 150)) / (150 * u), actual, 2e-10);
        }
    }

    [Fact]
    public void A_row_that_agrees_with_every_support_vector_has_nothing_to_say()
    {
        var data = FeatureMatrix.Wrap(Enumerable.Repeat(3f, 40).ToArray(), 2);
        var attribution = new OneClassSvmTrainer { Kernel = SvmKernel.Rbf(1) }.Fit(data).Attribute([3f, 3f]);
        Assert.Equal([0, 0], attribution.Contributions.ToArray());
        Assert.Equal(attribution.Baseline, attribution.Explained, 1e-12);
    }

    private static OneClassSvmTrainer Trainer(string kernel, FeatureScaling scaling) => new()
    {
        Nu = 0.2,
        Scaling = scaling,
        Kernel = kernel switch
        {
            "narrow" => SvmKernel.Rbf(3),
            "linear" => SvmKernel.Linear(),
            "polynomial" => SvmKernel.Polynomial(3, 0.1, 0.5),
            "sigmoid" => SvmKernel.Sigmoid(0.05),
            _ => SvmKernel.Rbf(0.1),
        },
        Approximation = kernel == "landmarks" ? new NystroemApproximation { LandmarkCount = 50 } : null,
    };

    /// <summary>The score of a row whose absent columns agree with every support vector.</summary>
    private static double Value(OneClassSvmDetector detector, float[] row, int coalition)
    {
        double sum = 0;
        for (int i = 0; i < detector.SupportVectorCount; i++)
        {
            double distance = 0;
            for (int j = 0; j < row.Length; j++)
            {
                double difference = (double)row[j] - detector.SupportVectors[(i * row.Length) + j];
                distance += (coalition >> j & 1) * difference * difference;
            }

            sum += detector.Coefficients[i] * Math.Exp(-detector.Gamma * distance);
        }

        return (detector.Rho - sum) / detector.CoefficientSum;
    }

    private static FeatureMatrix Normal(int rows, int columns)
    {
        var random = new CounterRandom(5, (ulong)columns);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)random.NextGaussian();
        return FeatureMatrix.Wrap(cells, columns);
    }

    private static FeatureMatrix Far(int rows, int columns)
    {
        float[] cells = Normal(rows, columns).ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i += 5)
            cells[i] *= 1 + (i % 11);
        return FeatureMatrix.Wrap(cells, columns);
    }
}
