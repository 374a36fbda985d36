using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit.Autoencoder.Tests;

/// <summary>Backpropagation gives the slopes of the loss, as finite differences of the textbook's network in double do.</summary>
public sealed unsafe class GradientTests
{
    [Theory]
    [InlineData(NetworkActivation.Relu, NetworkActivation.Linear)]
    [InlineData(NetworkActivation.LeakyRelu, NetworkActivation.Linear)]
    [InlineData(NetworkActivation.Elu, NetworkActivation.Linear)]
    [InlineData(NetworkActivation.Silu, NetworkActivation.Tanh)]
    [InlineData(NetworkActivation.Tanh, NetworkActivation.Linear)]
    [InlineData(NetworkActivation.Sigmoid, NetworkActivation.Sigmoid)]
    [InlineData(NetworkActivation.Linear, NetworkActivation.Relu)]
    public void Gradients_agree_with_finite_differences(NetworkActivation activation, NetworkActivation output)
    {
        foreach (int[] widths in (int[][])[[5, 3, 5], [17, 9, 4, 9, 17], [30, 16, 8, 16, 30], [1, 2, 1]])
        {
            var layout = Draw.Layout(activation, output, widths);
            var data = Draw.Normal(45, widths[0]);
            int[] rows = [.. Enumerable.Range(0, 45)];
            float[] gradient = Gradient(layout, data, rows, out float[] parameters);
            double[] exact = Array.ConvertAll(parameters, value => (double)value);
            double worst = 0;
            double length = Math.Sqrt(gradient.Sum(value => (double)value * value));
            foreach (int i in Real(layout))
            {
                const double Step = 1e-6;
                double kept = exact[i];
                exact[i] = kept + Step;
                double above = Naive.Loss(layout, exact, data, rows);
                exact[i] = kept - Step;
                double below = Naive.Loss(layout, exact, data, rows);
                exact[i] = kept;
                worst = Math.Max(worst, Math.Abs(((above - below) / (2 * Step)) - gradient[i]));
            }

            Assert.True(length > 1e-3);
            Assert.True(worst < 2e-5 * Math.Max(1, length), $"{string.Join('-', widths)}: a slope is wrong by {worst}, the gradient is {length} long.");
        }
    }

    [Fact]
    public void Padding_has_no_gradient()
    {
        foreach (var activation in Enum.GetValues<NetworkActivation>())
        {
            var layout = Draw.Layout(activation, activation, 5, 3, 5);
            float[] gradient = Gradient(layout, Draw.Normal(20, 5), [.. Enumerable.Range(0, 20)], out _);
            var real = Real(layout).ToHashSet();
            Assert.All(Enumerable.Range(0, layout.Length).Where(i => !real.Contains(i)), i => Assert.Equal(0, gradient[i]));
        }
    }

    [Fact]
    public void Rows_with_the_factor_zero_do_not_teach()
    {
        var layout = Draw.Layout(NetworkActivation.Tanh, NetworkActivation.Linear, 4, 2, 4);
        var data = Draw.Normal(40, 4);
        float[] some = Gradient(layout, data, [.. Enumerable.Range(0, 30)], out _);
        float[] all = Gradient(layout, data, [.. Enumerable.Range(0, 40)], out _, teaching: 30);
        Assert.Equal(some.Length, all.Length);
        for (int i = 0; i < some.Length; i++)
            Assert.Equal(some[i], all[i], 1e-6);
    }

    [Fact]
    public void Clipping_shortens_long_gradients_only()
    {
        float[] gradient = [3, 4];
        Assert.Equal(1, GradientClipping.Scale(gradient, null));
        Assert.Equal(1, GradientClipping.Scale(gradient, 5));
        Assert.Equal(0.2f, GradientClipping.Scale(gradient, 1));
    }

    private static float[] Gradient(NetworkLayout layout, FeatureMatrix data, int[] rows, out float[] parameters, int? teaching = null)
    {
        parameters = InitialWeights.Draw(layout, 3);
        var kernel = NetworkKernels.Resolve();
        var transposed = new TransposedWeights(layout);
        var gradient = new float[layout.Length];
        int taught = teaching ?? rows.Length;
        float factor = 2f / (taught * layout.Columns);
        float[] factors = [.. rows.Select((_, i) => i < taught ? factor : 0)];
        var errors = new float[rows.Length];
        fixed (float* p = parameters, g = gradient)
        {
            transposed.Update(p);
            new Backpropagation(layout, kernel).AddGradient(p, transposed, data, rows, factors, Draw.Plan(), 1e6f, 0, g, errors);
        }

        return gradient;
    }

    private static IEnumerable<int> Real(NetworkLayout layout)
    {
        for (int layer = 0; layer < layout.Layers; layer++)
        {
            for (int i = 0; i < layout.Widths[layer]; i++)
            {
                for (int j = 0; j < layout.Widths[layer + 1]; j++)
                    yield return layout.Weights(layer) + (i * layout.Stride(layer + 1)) + j;
            }

            for (int j = 0; j < layout.Widths[layer + 1]; j++)
                yield return layout.Biases(layer) + j;
        }
    }
}
