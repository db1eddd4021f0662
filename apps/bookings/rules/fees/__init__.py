"""What a use costs (使用料・利用料金の計算): pure rules over dated tables. Domain handbook 4.7."""
