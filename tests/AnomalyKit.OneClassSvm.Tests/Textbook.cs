using AnomalyKit.Numerics;

namespace AnomalyKit.OneClassSvm.Tests;

/// <summary>Kernels and optimality conditions as the papers write them, in double.</summary>
internal static class Textbook
{
    public static double Kernel(OneClassSvmDetector svm, SvmKernel kernel, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double product = 0;
        double distance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += (double)x[i] * y[i];
            distance += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
        }

        return kernel.Kind switch
        {
            SvmKernelKind.Rbf => Math.Exp(-svm.Gamma * distance),
            SvmKernelKind.Linear => product,
            SvmKernelKind.Polynomial => Math.Pow((svm.Gamma * product) + kernel.Coef0, kernel.Degree),
            _ => Math.Tanh((svm.Gamma * product) + kernel.Coef0),
        };
    }

    /// <summary>Σ αᵢ K(xᵢ, x) of every row, which is the dual's gradient.</summary>
    public static double[] Gradients(OneClassSvmDetector svm, SvmKernel kernel, FeatureMatrix rows)
    {
        var gradients = new double[rows.RowCount];
        int columns = rows.ColumnCount;
        for (int row = 0; row < gradients.Length; row++)
        {
            for (int i = 0; i < svm.SupportVectorCount; i++)
                gradients[row] += svm.Coefficients[i] * Kernel(svm, kernel, svm.SupportVectors.Slice(i * columns, columns), rows.Cells(row));
        }

        return gradients;
    }

    /// <summary>How far the Karush-Kuhn-Tucker conditions are from being met over all training rows.</summary>
    public static double Violation(OneClassSvmDetector svm, double[] gradients)
    {
        var alpha = new double[gradients.Length];
        for (int i = 0; i < svm.SupportVectorCount; i++)
            alpha[svm.SupportVectorRows[i]] = svm.Coefficients[i];
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        for (int row = 0; row < alpha.Length; row++)
        {
            if (alpha[row] < 1)
                least = Math.Min(least, gradients[row]);
            if (alpha[row] > 0)
                greatest = Math.Max(greatest, gradients[row]);
        }

        return double.IsInfinity(least) ? 0 : Math.Max(0, greatest - least);
    }

    public static double Objective(OneClassSvmDetector svm, double[] gradients)
    {
        double sum = 0;
        for (int i = 0; i < svm.SupportVectorCount; i++)
            sum += 0.5 * svm.Coefficients[i] * gradients[svm.SupportVectorRows[i]];
        return sum;
    }

    /// <summary>Normal rows, a tenth of them spread five times as wide.</summary>
    public static FeatureMatrix Rows(ulong seed, int rows, int columns)
    {
        var random = new CounterRandom(seed);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)(random.NextGaussian() * (i / columns % 10 == 0 ? 5 : 1));
        return FeatureMatrix.Wrap(cells, columns);
    }
}
