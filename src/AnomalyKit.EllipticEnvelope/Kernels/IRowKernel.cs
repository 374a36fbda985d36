namespace AnomalyKit.EllipticEnvelope.Kernels;

/// <summary>The loops over rows that fitting and scoring spend their time in. All implementations give the same bits.</summary>
internal unsafe interface IRowKernel
{
    /// <summary>Maps rows: images = W (row − center), in double.</summary>
    /// <param name="map">W and the center.</param>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="images">Receives <see cref="AffineMap.Stride"/> doubles a row; room for a multiple of four rows.</param>
    /// <param name="scratch">Room for four rows of <see cref="AffineMap.InputStride"/> doubles.</param>
    void Map(AffineMap map, float* rows, int count, double* images, double* scratch);

    /// <summary>The squared length of each image.</summary>
    void SquaredLengths(double* images, int count, int stride, double* lengths);

    /// <summary>Adds Σ y yᵀ over rows of images to the lower triangle of a matrix, and Σ y to a vector.</summary>
    void AddProducts(double* images, int count, int stride, double* products, double* sums);

    /// <summary>Adds Σ (x − center) to one sum a column; where <paramref name="squared"/>, Σ (x − center)².</summary>
    void AddColumns(float* rows, int count, int columns, double* center, double* sums, bool squared);
}
