using AnomalyKit.Tests;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>The optimum is LIBSVM's, on real sets and with all four kernels.</summary>
public sealed class LibsvmAgreementTests
{
    private const int MostRows = 2000;

    [DataFact("adbench/29_Pima.csv.gz")]
    public void Objectives_and_decision_values_are_those_of_LIBSVM()
    {
        foreach (var (set, kernelName, coarse, fine, rho, greatest, values) in LibsvmGolden.Solutions)
        {
            string name = $"{set}, {kernelName}";
            var all = FeatureMatrix.LoadCsv(DataFiles.Find($"adbench/{set}.csv.gz")!, labelColumn: "label");
            var data = all.Slice(0, Math.Min(MostRows, all.RowCount));
            double gamma = 1.0 / data.ColumnCount;
            var kernel = kernelName switch
            {
                "Rbf" => SvmKernel.Rbf(1),
                "Linear" => SvmKernel.Linear(),
                "Polynomial" => SvmKernel.Polynomial(3, gamma),
                _ => SvmKernel.Sigmoid(gamma),
            };
            var trainer = new OneClassSvmTrainer { Nu = 0.1, Kernel = kernel, Scaling = FeatureScaling.MinMax, Threshold = ThresholdRule.Fixed(0) };
            var svm = trainer.Fit(data);
            Assert.True(svm.Converged, name);
            Assert.True(svm.Objective <= coarse + (1e-6 * Math.Abs(coarse)), $"{name}: objective {svm.Objective}, LIBSVM's {coarse}");
            float[] scores = svm.Score(data);
            for (int i = 0; i < values.Length; i++)
                Assert.Equal(values[i], -scores[250 * i] * svm.CoefficientSum, (1e-3 * greatest) + 1e-3);
            Assert.Equal(rho, svm.Rho, (1e-3 * greatest) + 1e-3);

            var precise = (trainer with { Tolerance = 1e-5 }).Fit(data);
            Assert.True(Math.Abs(precise.Objective - fine) <= 1e-6 * Math.Abs(fine), $"{name}: objective {precise.Objective}, LIBSVM's {fine}");
        }
    }
}
