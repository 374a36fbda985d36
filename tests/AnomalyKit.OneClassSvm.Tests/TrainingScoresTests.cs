using AnomalyKit.OneClassSvm.Solver;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>The training rows' scores, which the solver's gradient holds already, are to the bit those of the same rows as new ones.</summary>
public sealed class TrainingScoresTests
{
    public static TheoryData<int, double> Cases => new() { { 300, 0.05 }, { 300, 0.5 }, { 300, 1 }, { 300, 1e-6 }, { 5000, 1e-5 }, { 5000, 0.002 }, { 5000, 0.05 }, { 5000, 0.5 }, { 12_000, 0.01 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_are_those_of_new_rows(int rows, double nu)
    {
        var data = Textbook.Rows(7, rows, 6);
        foreach (var kernel in (SvmKernel[])[SvmKernel.Rbf(), SvmKernel.Rbf(2), SvmKernel.Linear(), SvmKernel.Polynomial(2, 0.2, 1), SvmKernel.Sigmoid(0.05)])
        {
            foreach (var scaling in (FeatureScaling[])[FeatureScaling.None, FeatureScaling.Standard])
            {
                var fit = new OneClassSvmTrainer { Nu = nu, Kernel = kernel, Scaling = scaling }.FitAndScore(data);
                Assert.Equal(fit.Detector.Score(data), fit.TrainingScores.ToArray());
            }
        }
    }

    [Fact]
    public void Rows_are_in_doubt_as_far_as_the_gradient_is()
    {
        var data = Textbook.Rows(3, 8000, 8);
        var svm = new OneClassSvmTrainer { Nu = 0.02, Kernel = SvmKernel.Rbf(0.1), Scaling = FeatureScaling.None }.Fit(data);
        float[] expected = svm.Score(data);
        double[] gradient = [.. expected.Select(score => svm.Rho - (score * svm.CoefficientSum))];
        var solution = new DualSolution(svm.CoefficientSum, [], svm.Rho, svm.Objective, 0, 0, true, gradient, GradientDrift: 1, GradientTerms: 1000);
        var scores = new float[data.RowCount];
        int[]? doubtful = new TrainingScores(solution).Fill(svm.Model, scores);
        Assert.NotNull(doubtful);
        Assert.InRange(doubtful.Length, 0, data.RowCount / 4);
        foreach (int row in doubtful)
            scores[row] = expected[row];
        Assert.Equal(expected, scores);

        Assert.Null(new TrainingScores(solution with { GradientDrift = double.PositiveInfinity }).Fill(svm.Model, scores));
        Assert.Empty(new TrainingScores(solution with { GradientDrift = 0 }).Fill(svm.Model, scores)!);
        Assert.Equal(data.RowCount, new TrainingScores(solution with { GradientDrift = 1e12 }).Fill(svm.Model, scores)!.Length);
    }
}
