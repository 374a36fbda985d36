namespace AnomalyKit.EllipticEnvelope.Tests;

public class SymmetricEigenTests
{
    [Fact]
    public void A_decomposition_of_many_columns_can_be_cancelled()
    {
        // With a thousand columns it takes seconds, in which nothing else looks at the token.
        var matrix = new double[50 * 50];
        for (int i = 0; i < matrix.Length; i++)
            matrix[i] = 1.0 / (1 + Math.Abs((i / 50) - (i % 50)));
        Assert.Throws<OperationCanceledException>(() => new SymmetricEigen(matrix, 50, new CancellationToken(canceled: true)));
        Assert.Equal(50, new SymmetricEigen(matrix, 50, CancellationToken.None).Values.Sum(), 1e-9);
    }
}
