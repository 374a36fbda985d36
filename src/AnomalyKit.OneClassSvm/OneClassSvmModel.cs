using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Persistence;

namespace AnomalyKit.OneClassSvm;

/// <summary>A fitted one-class SVM as plain arrays: support vectors as the transform gives them, and LIBSVM's coefficients.</summary>
internal sealed class OneClassSvmModel
{
    public OneClassSvmModel(KernelFunction function, double[] origin, float[] supportVectors, double[] coefficients)
    {
        Function = function;
        Origin = origin;
        SupportVectors = supportVectors;
        Coefficients = coefficients;
    }

    public KernelFunction Function { get; }

    /// <summary>What is subtracted from each column: the training rows' mean where distances are computed, zeros else.</summary>
    public double[] Origin { get; }

    public int Columns => Origin.Length;

    /// <summary>Row-major, as many rows as there are coefficients.</summary>
    public float[] SupportVectors { get; }

    public double[] Coefficients { get; }

    /// <summary>The training rows that the support vectors are; empty where they are landmarks of an approximation.</summary>
    public required int[] SupportRows { get; init; }

    /// <summary>ρ, for coefficients that sum up to <see cref="CoefficientSum"/>.</summary>
    public required double Rho { get; init; }

    /// <summary>νn.</summary>
    public required double CoefficientSum { get; init; }

    public required double Objective { get; init; }

    public required double Violation { get; init; }

    public required long Steps { get; init; }

    public required bool Converged { get; init; }

    public bool IsApproximate => SupportRows.Length != Coefficients.Length;

    /// <summary>The score of a row, given its weighted sum of kernel values.</summary>
    public float ScoreOf(double sum) => (float)Math.Clamp((Rho - sum) / CoefficientSum, float.MinValue, float.MaxValue);

    public static OneClassSvmModel Read(ModelReader reader, int columns)
    {
        var kernel = reader.Scope("kernel");
        double gamma = kernel.GetDouble("gamma");
        if (!(gamma > 0 && double.IsFinite(gamma)))
            throw ModelReader.Bad("the factor of its kernel is not above zero");
        double coef0 = kernel.GetDouble("coef0");
        if (!float.IsFinite((float)coef0))
            throw ModelReader.Bad("the constant of its kernel is not finite");
        var function = new KernelFunction(
            (SvmKernelKind)kernel.GetInt32("kind", (int)SvmKernelKind.Rbf, (int)SvmKernelKind.Sigmoid),
            gamma,
            kernel.GetInt32("degree", 1, 100),
            coef0);
        double[] origin = reader.GetDoubles("origin", columns);
        double[] coefficients = reader.GetDoubles("coefficients", -1);
        if (coefficients.Length == 0)
            throw ModelReader.Bad("it has no support vectors");
        if ((long)coefficients.Length * columns > Array.MaxLength)
            throw ModelReader.Bad($"it has {coefficients.Length} support vectors of {columns} columns, more than fit one array");
        double sum = reader.GetDouble("coefficient_sum");
        double rho = reader.GetDouble("rho");
        if (!(sum > 0 && double.IsFinite(sum) && double.IsFinite(rho)))
            throw ModelReader.Bad("the sum of its coefficients or its boundary is not finite");
        int[] rows = reader.GetInt32s("support_rows", 0, int.MaxValue, -1);
        if (rows.Length != 0 && rows.Length != coefficients.Length)
            throw ModelReader.Bad($"it names {rows.Length} rows for {coefficients.Length} support vectors");
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1])
                throw ModelReader.Bad("the rows of its support vectors do not ascend");
        }

        if (rows.Length != 0)
        {
            foreach (double coefficient in coefficients)
            {
                if (!(coefficient > 0 && coefficient <= 1))
                    throw ModelReader.Bad("a coefficient of an exact fit does not lie above 0 and at or below 1");
            }

            if (Math.Abs(coefficients.Sum() - sum) > 1e-6 * sum)
                throw ModelReader.Bad($"its coefficients do not sum up to {sum}");
        }

        double objective = reader.GetDouble("objective");
        double violation = reader.GetDouble("violation");
        string steps = reader.GetString("steps");
        return new OneClassSvmModel(function, origin, reader.GetSingles("support_vectors", coefficients.Length, columns), coefficients)
        {
            SupportRows = rows,
            Rho = rho,
            CoefficientSum = sum,
            Objective = objective,
            Violation = violation,
            Steps = long.TryParse(steps, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long count)
                ? count
                : throw ModelReader.Bad($"its count of steps is '{steps}'"),
            Converged = reader.GetInt32("converged", 0, 1) == 1,
        };
    }

    public void WriteTo(ModelWriter writer)
    {
        var kernel = writer.Scope("kernel");
        kernel.Set("kind", (int)Function.Kind);
        kernel.Set("gamma", Function.Gamma);
        kernel.Set("degree", Function.Degree);
        kernel.Set("coef0", Function.Coef0);
        writer.Add("origin", Origin.AsMemory());
        writer.Add("coefficients", Coefficients.AsMemory());
        writer.Add("support_vectors", SupportVectors.AsMemory(), Coefficients.Length, Columns);
        writer.Add("support_rows", SupportRows.AsMemory());
        writer.Set("rho", Rho);
        writer.Set("coefficient_sum", CoefficientSum);
        writer.Set("objective", Objective);
        writer.Set("violation", Violation);
        writer.Set("steps", Steps);
        writer.Set("converged", Converged ? 1 : 0);
    }
}
